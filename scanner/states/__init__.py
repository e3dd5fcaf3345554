"""Pages that are none: each module recognises one kind by its structure and its words, and says how sure that is."""
