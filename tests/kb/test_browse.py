"""What one case is about, as a query that results may print."""

from kb.browse import description
from tests.kb.fakes import make_case, make_field


def test_a_case_is_described_without_personal_data():
    case = make_case(
        "a", title="Lyktan", fields={"method": make_field("Ring Anna Ek, 010-555 01 02, anna.ek@lindvik.se.")}
    )
    text = description(case)
    assert text.startswith("Lyktan\nRing ")
    assert not any(secret in text for secret in ("Anna Ek", "555", "@lindvik"))
