"""The Thai language and its calendar: digits, money, dates, holidays, text, sorting, typography."""
