"""Whether a request only reports how a page is used or fails: a page that is refused it lacks nothing.

Nearly every public site sends such calls with POST, many through `fetch`, so that a refused one must not count as
missing data. The list holds the endpoints that the vendors document for their collectors; what is not on it counts as
data, and a target can name further calls in `allow-requests`.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

COLLECTORS: Final = (
    "google-analytics.com", "analytics.google.com", "googletagmanager.com", "doubleclick.net",
    "omtrdc.net", "demdex.net", "adobedc.net", "matomo.cloud", "piwik.pro", "siteimproveanalytics.com",
    "siteimproveanalytics.io", "xiti.com", "pa-cd.com", "etracker.com", "plausible.io", "usefathom.com",
    "simpleanalyticscdn.com", "clarity.ms", "hotjar.com", "hotjar.io", "contentsquare.net", "fullstory.com",
    "crazyegg.com", "mouseflow.com", "kampyle.com", "siteintercept.qualtrics.com", "segment.io", "mixpanel.com",
    "amplitude.com", "heapanalytics.com", "events.launchdarkly.com", "chartbeat.net", "parsely.com", "quantserve.com",
    "nr-data.net", "browser-intake-datadoghq.com", "browser-intake-ddog-gov.com", "browser-intake-datadoghq.eu",
    "eum-appdynamics.com", "applicationinsights.azure.com", "dc.services.visualstudio.com",
    "monitor.azure.com", "ingest.sentry.io", "ingest.us.sentry.io", "ingest.de.sentry.io", "akstat.io",
    "go-mpulse.net", "cloudflareinsights.com", "bat.bing.com", "px.ads.linkedin.com", "mc.yandex.ru",
)  # fmt: skip
"""Hosts, with all below them, that only collect."""

COLLECTOR_PATHS: Final = re.compile(
    r"""/(?: [gjr]/collect | (?:matomo|piwik)\.php | b/ss/.* | ee/(?:.*/)?v\d/(?:collect|interact)
        | cdn-cgi/rum | api/\d+/(?:envelope|store)/? | intake/v2/rum/events | v2/track | rb_[\w-]+
        | com\.snowplowanalytics\.snowplow/tp2 | _vercel/(?:insights|speed-insights)/.* )""",
    re.VERBOSE,
)
"""Paths of the same products when a site runs them on its own host."""


TELEMETRY: Final = (
    *(f"*://{host}/*" for host in COLLECTORS),
    *(f"*://*.{host}/*" for host in COLLECTORS),
    "*/collect*", "*/matomo.php*", "*/piwik.php*", "*/b/ss/*", "*/ee/*", "*/cdn-cgi/rum*", "*/envelope*",
    "*/intake/v2/rum/events*", "*/com.snowplowanalytics.snowplow/tp2*", "*/_vercel/*",
)  # fmt: skip
"""Patterns of CDP that let no collector by; `is_telemetry` then decides."""

CONTAINER: Final = "/gtm.js"
"""The tag manager's own script brings whatever a site's editors put in it: visible parts, questions for consent."""


def is_telemetry(url: str) -> bool:
    """True when this URL is a known collector of usage or error reports."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # a browser sends requests to addresses that the standard library cannot split
    host = (parts.hostname or "").rstrip(".")
    listed = any(host == name or host.endswith(f".{name}") for name in COLLECTORS)
    if listed and parts.path == CONTAINER:
        return False
    return listed or COLLECTOR_PATHS.fullmatch(parts.path) is not None
