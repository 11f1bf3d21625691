"""SHA-256, without loading OpenSSL for a few kilobytes: that alone takes as long as reading what is cached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # as Python 3.11 calls it
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]
