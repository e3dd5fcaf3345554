"""Texts by themselves, without a scan: read from files and addresses, judged, and shown with marks."""
