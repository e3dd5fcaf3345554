"""Scores: how a page, a site and a scan do for five groups of people, from stored facts alone.

Pure and repeatable: the same facts give the same bytes. The formula, its constants and what a number
does not say are in `docs/scoring.md`.
"""

from reports.score.barriers import Factor
from reports.score.change import Change, GroupChange, SiteChange, score_change
from reports.score.formula import FORMULA, Formula
from reports.score.page import score_page
from reports.score.scores import GroupScore, Headline, PageScore, ScanScores, SiteFactor, SiteGroupScore, SiteScore
from reports.score.site import score_scan, score_site

__all__ = [
    "FORMULA",
    "Change",
    "Factor",
    "Formula",
    "GroupChange",
    "GroupScore",
    "Headline",
    "PageScore",
    "ScanScores",
    "SiteChange",
    "SiteFactor",
    "SiteGroupScore",
    "SiteScore",
    "score_change",
    "score_page",
    "score_scan",
    "score_site",
]
