"""The vocabulary and judgement of Curbcut: evidence of one page in, outcomes out, no input or output."""
