"""Excel forms: what a template says about its columns, and reading a filled-in workbook by it."""
