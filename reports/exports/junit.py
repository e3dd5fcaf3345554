"""The verdict as JUnit XML: a test case for each check of each service, so that names are the same in every build.

A check that ran nowhere is skipped, and where too little was looked at one case is in error: a file without
failures never stands for ignorance.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from reports.exports.told import headline, place, title, where
from reports.gate import GateVerdict, Tracked
from reports.looked import looked_at
from reports.model import Scan, SiteResult
from reports.text import one_line

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(scan: Scan, verdict: GateVerdict) -> str:
    """The document; sites become suites, checks their cases."""
    root = ET.Element("testsuites", name=f"Curbcut: {_clean(title(verdict))}")
    gate = ET.SubElement(root, "testsuite", name="gate")
    case = ET.SubElement(gate, "testcase", classname="gate", name="enough was looked at")
    if verdict.gaps:
        ET.SubElement(case, "error", message=_clean(verdict.gaps[0])).text = _clean("\n".join(verdict.gaps))
    limits = [one for one in verdict.broken if not one.problems]
    for broken in limits:
        case = ET.SubElement(gate, "testcase", classname="gate", name=_clean(broken.policy.name or broken.policy.limit))
        if broken.action == "fail":
            ET.SubElement(case, "failure", message=_clean(broken.sentence))
        else:
            ET.SubElement(case, "system-out").text = _clean(broken.sentence)
    for exempt in verdict.exempt:
        case = ET.SubElement(gate, "testcase", classname="gate", name=_clean(f"exception for {exempt.agreed.subject}"))
        if exempt.over:
            ET.SubElement(case, "failure", message=_clean(f"ended: {exempt.agreed.told}"))
    for site in scan.sites:
        _suite(root, site, scan, verdict)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, site: SiteResult, scan: Scan, verdict: GateVerdict) -> None:
    looked = looked_at(scan)
    suite = ET.SubElement(root, "testsuite", name=_clean(site.url))
    for info in scan.rules:
        case = ET.SubElement(suite, "testcase", classname=_clean(site.url), name=_clean(info.id))
        for one in verdict.new:
            if one.rule.id == info.id and one.site == site.url:
                ET.SubElement(case, "failure", message=_clean(headline(one)), type=one.impact).text = _told(one)
        warned = [_told(one) for one in verdict.warned if one.rule.id == info.id and one.site == site.url]
        if warned:
            ET.SubElement(case, "system-out").text = "\n".join(warned)
        if not len(case) and not looked.ran(info.id):
            ET.SubElement(case, "skipped", message="This check ran on no page.")


def _count(root: ET.Element) -> None:
    names = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for element in (*root, root):
        cases = element.findall(".//testcase")
        for attribute, tag in names.items():
            many = len(cases) if tag == "testcase" else sum(case.find(tag) is not None for case in cases)
            element.set(attribute, str(many))


def _told(one: Tracked) -> str:
    return _clean(f"{headline(one)}\n{where(one)}\n{place(one)}\n{one_line(one.rule.fix, 600)}")


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
