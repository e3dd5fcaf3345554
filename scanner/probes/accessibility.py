"""The browser's accessibility tree read into roles, names and states in ARIA's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from reports.jsontext import clean

HIDDEN = frozenset(
    {
        "activeModalDialog",
        "activeAriaModalDialog",
        "activeFullscreenElement",
        "ariaHiddenElement",
        "ariaHiddenSubtree",
        "inertElement",
        "inertSubtree",
        "notRendered",
        "notVisible",
    }
)
"""Reasons for which the browser keeps a node from assistive technology; all others only simplify."""

ROLES = {
    "RootWebArea": "document",
    "StaticText": "text",
    "LabelText": "label",
    "DisclosureTriangle": "button",
    "DisclosureTriangleGrouped": "button",
    "Iframe": "iframe",
    "IframePresentational": "iframe",
    "PluginObject": "object",
    "EmbeddedObject": "object",
    "Date": "date",
    "DateTime": "date",
    "InputTime": "time",
    "ColorWell": "color",
    "ListMarker": "marker",
    "MenuListPopup": "listbox",
    "Canvas": "canvas",
    "Video": "video",
    "Audio": "audio",
    "SvgRoot": "graphics-document",
    "FileUpload": "file",
    "Legend": "legend",
    "Figcaption": "caption",
    "Details": "group",
    "Ruby": "ruby",
    "img": "image",
    "none": "",
}
"""Chromium's own role names in words that ARIA or HTML use; a role that ARIA knows stays as it is."""


class Reading(NamedTuple):
    """What assistive technology gets of one node; see `rules.evidence.dom.Node` for the fields."""

    role: str = ""
    name: str = ""
    name_from: str = ""
    description: str = ""
    exposed: bool = False
    states: tuple[tuple[str, str], ...] = ()


def readings(nodes: Iterable[dict[str, Any]]) -> dict[int, Reading]:
    """Readings by backend node id of one frame's accessibility tree."""
    return {node["backendDOMNodeId"]: _reading(node) for node in nodes if "backendDOMNodeId" in node}


def _reading(node: dict[str, Any]) -> Reading:
    states = tuple(sorted(_states(node.get("properties", ()))))
    if node["ignored"]:
        reasons = {reason["name"] for reason in node.get("ignoredReasons", ())}
        return Reading(exposed=not reasons & HIDDEN, states=states)
    role = str(node["role"]["value"])
    name = node.get("name", {})
    return Reading(
        role=ROLES.get(role, role),
        name=clean(str(name.get("value", ""))),
        name_from=_source(name.get("sources", ())),
        description=clean(str(node.get("description", {}).get("value", ""))),
        exposed=True,
        states=states,
    )


def _states(properties: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for item in properties:
        value = item["value"].get("value")
        if isinstance(value, bool):
            yield item["name"], "true" if value else "false"
        elif isinstance(value, (str, int, float)):
            yield item["name"], str(value)


def _source(sources: Iterable[dict[str, Any]]) -> str:
    """Where the name comes from: an attribute's name, or `contents`, `label`, `caption` …"""
    for source in sources:
        if "value" in source and not source.get("superseded"):
            native = str(source.get("nativeSource", ""))
            return "label" if native.startswith("label") else native or str(source.get("attribute") or source["type"])
    return ""
