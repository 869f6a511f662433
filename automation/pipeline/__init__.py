"""Joins the rooms: from a dropped file to its receipt, from the register to a document. Knows no click."""
