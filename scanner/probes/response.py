"""The document's own answer: status, headers, redirects and body as served."""

from __future__ import annotations

from playwright.async_api import Error
from playwright.async_api import Response as Answer

from reports.jsontext import clean
from rules.evidence.response import Response
from scanner.probes.masking import masked_markup

BODY_LIMIT = 1_000_000
HEADER_LIMIT = 2_000
SECRET_HEADERS = frozenset({"set-cookie", "authorization", "proxy-authorization", "www-authenticate"})


async def read_response(answer: Answer | None, *, body: bool = True) -> Response | None:
    """Frozen evidence of the final answer; None where the browser made the document itself (about:blank).

    Without `body` nothing is waited for that the server may still be sending.
    """
    if answer is None:
        return None
    redirects: list[str] = []
    request = answer.request.redirected_from
    while request is not None:
        redirects.append(request.url)
        request = request.redirected_from
    headers = {name.lower(): value[:HEADER_LIMIT] for name, value in answer.headers.items()}
    mime = headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        is_read = body and ("html" in mime or not mime)
        text = clean(masked_markup((await answer.text())[:BODY_LIMIT])) if is_read else ""
    except (Error, UnicodeDecodeError):
        text = ""  # a document that replaced itself has no body to ask for any more
    return Response(
        url=answer.url,
        status=answer.status,
        redirects=tuple(reversed(redirects)),
        headers=tuple(sorted((name, value) for name, value in headers.items() if name not in SECRET_HEADERS)),
        body=text,
        mime=mime,
    )
