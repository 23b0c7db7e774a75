"""E-mail addresses: how they are written (no network), and whether their host takes mail (DNS, workers only)."""

import math
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait

import dns.resolver
from email_validator import EmailNotValidError, EmailUndeliverableError, validate_email
from email_validator.deliverability import validate_email_deliverability

from service.errors import NotAnAddress, Said

MAX_EMAIL = 254
"""Characters in an address: RFC 5321, section 4.5.3.1.3, less the angle brackets."""
LOOKUPS_AT_ONCE = 8


def read_email(raw: str) -> str:
    """The address in its normal form.

    Raises:
        NotAnAddress: with a sentence that says what is wrong with it.

    """
    if len(raw) > MAX_EMAIL:
        said = Said("email.too_long", {"max_length": MAX_EMAIL})
        raise NotAnAddress(f"An e-mail address has at most {MAX_EMAIL} characters.", said)
    try:
        return validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError:
        # The library's own sentence may quote the address.
        sentence = "This doesn't look like an e-mail address. Write it like name@example.org."
        raise NotAnAddress(sentence, Said("email.invalid")) from None


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def look_up(domains: Collection[str], *, timeout: float) -> dict[str, bool | None]:
    """Whether each domain takes mail: True, False, or None when DNS did not say so within `timeout` seconds."""
    if not domains:
        return {}
    resolver = dns.resolver.get_default_resolver()
    pool = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="dns")
    futures = {domain: pool.submit(_is_deliverable, domain, timeout, resolver) for domain in domains}
    wait(futures.values(), timeout=timeout)
    pool.shutdown(wait=False, cancel_futures=True)
    return {domain: future.result() if _has_answer(future) else None for domain, future in futures.items()}


def _has_answer(future: Future[bool | None]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _is_deliverable(domain: str, timeout: float, resolver: dns.resolver.Resolver) -> bool | None:
    try:
        found = validate_email_deliverability(domain, domain, timeout=math.ceil(timeout), dns_resolver=resolver)
    except EmailUndeliverableError:
        return False
    return None if "unknown-deliverability" in found else True
