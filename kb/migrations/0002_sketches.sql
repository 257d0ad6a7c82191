-- What near-duplicates are found by (kb.duplicates). A case with too little text to compare has no row.

CREATE TABLE sketches (
    case_id TEXT PRIMARY KEY REFERENCES cases (case_id) ON DELETE CASCADE,
    sketch  BLOB NOT NULL                    -- uint32, little-endian
) WITHOUT ROWID;
