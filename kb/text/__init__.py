"""Swedish and Nordic text: tokens, stems, compounds, thesaurus, terms."""
