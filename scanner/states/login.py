"""Pages that only ask who is there: a login of the service itself, or of a provider that the visit was sent on to.

A log-in box beside other content is part of a page. So are forms that make an account or reset a password: those who
cannot use them never get as far as a login. A field for a password with nothing to send it by, as in a library of
components, lets nobody in.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rules.element import Element
from rules.page import PageState
from scanner.crawl.urls import same_host
from scanner.states.view import Sign, View

MOST_WORDS = 300
"""A page whose heading speaks of signing in is a login up to this many words: warnings to visitors can be long."""

MOST_WORDS_UNNAMED = 100
"""A page whose heading speaks of something else has other content than its login beyond these."""

MOST_FIELDS = 3
"""Name, password, and one more such as a code or the agency."""

_PROVIDERS = re.compile(
    r"(?:^|\.)(?:login\.microsoftonline\.(?:com|us)|login\.live\.com|accounts\.google\.com|okta(?:preview|-gov|-emea)?\.com"
    r"|auth0\.com|secure\.login\.gov|login\.gov|api\.id\.me|onelogin\.com|pingone\.(?:com|eu)|b2clogin\.com"
    r"|amazoncognito\.com|duosecurity\.com|signin\.account\.gov\.uk|oidc\.account\.gov\.uk|franceconnect\.gouv\.fr)$"
)
_PROTOCOL = re.compile(
    r"/adfs/ls|/saml2?/|/samlsso|/sso/|/oauth2?/(?:v\d[\w.]*/)?authorize|/openid-connect/auth|/cas/login|/idp/(?:profile/)?"
    r"|/simplesaml|/u/login|/oam/server|/siteminderagent/|/my\.policy",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"user|login|e?-?mail|account|identi|courriel|usuario|correo|benutzer", re.IGNORECASE)


def recognise(view: View) -> Sign | None:
    """A login where the main content is one; a remark where a login stands among much else."""
    if _is_provider(view) and (view.passwords or _identities(view) or view.is_bounced):
        host = _host(view.page.final_url)
        return Sign(PageState.LOGIN, f"The visit was sent on to a login at {host}.")
    if (not view.passwords and not _identities(view)) or not view.can_send:
        return None
    new = [one for one in view.passwords if "new-password" in one.get("autocomplete").lower()]
    if len(view.passwords) > 1 or new or len(view.fields) > MOST_FIELDS:
        return None
    named = view.is_headed("sign-in")
    if view.passwords:
        if view.full_size <= (MOST_WORDS if named else MOST_WORDS_UNNAMED):
            return Sign(PageState.LOGIN, "The page asks for a name and a password and holds little else.")
        return Sign(PageState.LOGIN, "The page holds a login among other content.", certain=False)
    if named and view.full_size <= MOST_WORDS:
        where = " after the visit was sent on" if view.is_bounced else ""
        return Sign(PageState.LOGIN, f"The page is the first step of a login{where}.")
    return None


def _is_provider(view: View) -> bool:
    """Whether the visit ended at a known provider of logins, or was sent to an address of such a protocol."""
    ended = view.page.final_url
    if _PROVIDERS.search(_host(ended)) and not same_host(ended, view.page.url):
        return True
    return view.is_bounced and _PROTOCOL.search(urlsplit(ended).path) is not None


def _identities(view: View) -> list[Element]:
    return [one for one in view.fields if _asks_who(one)]


def _asks_who(field: Element) -> bool:
    if field.get("type").lower() not in ("", "text", "email", "tel"):
        return False
    if "username" in field.get("autocomplete").lower():
        return True
    return _IDENTITY.search(f"{field.get('name')} {field.get('id')}") is not None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
