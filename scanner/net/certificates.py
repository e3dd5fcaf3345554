"""Which certificate authorities Curbcut's own requests believe: the system's, the usual ones, and a person's own."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx

from rules.errors import EnvironmentFault


def trusted(bundle: Path | None = None) -> ssl.SSLContext:
    """A context that verifies servers by the system's store (`SSL_CERT_FILE` and `SSL_CERT_DIR` name another).

    The authorities that browsers believe are added, as some Pythons come without a store, and those of `bundle`, a PEM
    file with a company's own. Raises EnvironmentFault where a file cannot be used.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if bundle is not None:
        try:
            context.load_verify_locations(bundle)
        except (OSError, ssl.SSLError) as error:
            reason = getattr(error, "strerror", None) or "it holds no certificate"
            raise EnvironmentFault(
                f"The certificates cannot be read: {reason}.", where=str(bundle), do="Name a PEM file in ca-bundle."
            ) from None
    return context
