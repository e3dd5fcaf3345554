"""What a server answers to one GET request of Curbcut's own, and, where it does not, what that means in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from rules.errors import EnvironmentFault
from scanner.browser.launch import Visitor, user_agent
from scanner.net.certificates import trusted

ANSWER_TIMEOUT_S = 20.0

REASONS: Sequence[tuple[str, str, str]] = (
    ("self-signed certificate in", "its certificate comes from an authority that this machine does not know", "bundle"),
    ("unable to get local issuer", "its certificate comes from an authority that this machine does not know", "bundle"),
    ("self-signed certificate", "its certificate is signed by nobody but itself", "bundle"),
    ("certificate has expired", "its certificate has expired", "owner"),
    ("Hostname mismatch", "its certificate is for another name", "owner"),
    ("IP address mismatch", "its certificate is for another name", "owner"),
    ("WRONG_VERSION_NUMBER", "it does not speak TLS at this address", "http"),
    ("UNSUPPORTED_PROTOCOL", "it speaks only TLS versions that are no longer safe", "owner"),
    ("[SSL", "no secure connection could be made", "owner"),
    ("Name or service not known", "its name is not known", "name"),
    ("nodename nor servname", "its name is not known", "name"),
    ("No address associated", "its name has no address", "name"),
    ("getaddrinfo failed", "its name is not known", "name"),
    ("Temporary failure in name", "no name server answers", "network"),
    ("All connection attempts failed", "nothing accepts connections there", "network"),
    ("refused", "nothing accepts connections there", "network"),
)
"""Words of an error, what they mean, and which remedy helps; the first that fits counts."""

REMEDIES: Mapping[str, str] = {
    "bundle": (
        "If it is your company's, name a file with its certificates in ca-bundle (or in SSL_CERT_FILE); "
        "otherwise tell the owner."
    ),
    "owner": "Tell the owner; check this machine's clock too.",
    "http": "Try http:// instead of https://, or another port.",
    "name": "Check the spelling; inside a company's network a proxy may be needed (HTTPS_PROXY).",
    "network": "Check the address and the network; a proxy may be needed (HTTPS_PROXY).",
}


@dataclass(frozen=True)
class Answer:
    """Status and, after redirects, the last address; or `trouble` with the `fix` that helps, and status 0."""

    status: int = 0
    moved_to: str = ""
    trouble: str = ""
    fix: str = ""


async def ask(url: str, *, contact: str, bundle: Path | None = None, timeout_s: float = ANSWER_TIMEOUT_S) -> Answer:
    """The answer to a GET request, whose body is not read.

    Proxy and certificates are those of the environment; authorities of `bundle` are believed as well.
    """
    headers = {"User-Agent": user_agent("0", Visitor(contact=contact))}
    try:
        trust = trusted(bundle)
        async with (
            httpx.AsyncClient(follow_redirects=True, timeout=timeout_s, headers=headers, verify=trust) as client,
            client.stream("GET", url) as response,
        ):
            return Answer(response.status_code, str(response.url) if response.history else "")
    except EnvironmentFault as fault:
        return Answer(trouble=f"{fault.where}: {fault.what}", fix=fault.do)
    # Wrong proxies and certificate files of the environment come as ValueError, OSError and ImportError.
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError) as error:
        trouble, fix = explain(error)
        return Answer(trouble=trouble, fix=fix)


def explain(error: Exception) -> tuple[str, str]:
    """What a failed request means in plain words with the error's own, and what helps."""
    words = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time", REMEDIES["network"]
    if isinstance(error, httpx.ProxyError):
        return f"the proxy refuses: {words}", "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY with their user and password."
    for part, meaning, remedy in REASONS:
        if part in words:
            return f"{meaning} ({words})", REMEDIES[remedy]
    return words, REMEDIES["network"]
