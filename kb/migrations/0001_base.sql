-- The base as first shipped. Times are UTC in ISO 8601. JSON is what kb.records writes.

CREATE TABLE state (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,             -- grows with every change that a reader can see
    embedder   TEXT                          -- JSON: the stamp of the vectors in use; NULL before the first
);
INSERT INTO state (one, generation) VALUES (1, 0);

CREATE TABLE documents (                     -- the PDFs themselves
    sha256 TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
);

CREATE TABLE cases (                         -- what is looked up, sorted and ranged by; the record is the version's
    case_id    TEXT PRIMARY KEY,
    file       TEXT NOT NULL UNIQUE,
    version_id INTEGER NOT NULL REFERENCES versions (version_id) DEFERRABLE INITIALLY DEFERRED,
    title      TEXT NOT NULL,
    language   TEXT NOT NULL,
    start_year INTEGER
);

CREATE TABLE versions (                      -- every reading of a case's document, the current one included
    version_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id    TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL,             -- from 1 within the case
    sha256     TEXT NOT NULL REFERENCES documents (sha256),
    extractor  TEXT NOT NULL,
    record     TEXT NOT NULL,                -- JSON of the case, without its contact
    at         TEXT NOT NULL,
    UNIQUE (case_id, number)
);
CREATE INDEX versions_by_document ON versions (sha256);

CREATE TABLE contacts (                      -- personal data, apart from everything else
    case_id TEXT PRIMARY KEY REFERENCES cases (case_id) ON DELETE CASCADE,
    contact TEXT NOT NULL                    -- JSON
);

CREATE TABLE case_facets (                   -- the taxonomy's facets, and country, language, document_type, field
    case_id TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE,
    facet   TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (case_id, facet, value)
) WITHOUT ROWID;
CREATE INDEX cases_by_facet ON case_facets (facet, value, case_id);

CREATE TABLE passages (                      -- never changed, and ids never reused: derived indexes compare ids alone
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id    TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    field      TEXT,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    spans      TEXT NOT NULL,                -- JSON
    UNIQUE (case_id, position)
);
CREATE INDEX passages_by_field ON passages (case_id, field);

CREATE TABLE vectors (                       -- of two embedders side by side while `kb reindex` runs
    embedder   TEXT NOT NULL,                -- the stamp's key
    passage_id INTEGER NOT NULL REFERENCES passages (passage_id) ON DELETE CASCADE,
    vector     BLOB NOT NULL,                -- float16, little-endian, unit length
    PRIMARY KEY (embedder, passage_id)
);
CREATE INDEX vectors_by_passage ON vectors (passage_id);

CREATE TABLE audit (                         -- what was done; never what a case said
    at      TEXT NOT NULL,
    action  TEXT NOT NULL,
    case_id TEXT
);
