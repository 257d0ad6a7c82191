"""Renders the invented cases to PDF, one module per layout. For maintainers; the PDFs are committed."""
