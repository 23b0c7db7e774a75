"""Mail to a moderator: what waits, in its own words, and a link for each decision. A link only opens a page."""

from dataclasses import dataclass

from service.letters.paper import Letter, address, disarmed, listed, one_line, paragraphs, quoted, subject

ABOUT = {
    "held": "was held",
    "report": "was reported by a reader",
    "appeal": "was appealed for by its author",
}
HOW_LINKS_WORK = (
    "Each link opens a page with the comment and one button; nothing is decided before you press it. They work for 72"
    " hours, once, and only while the comment is as it is here. Don't pass this mail on: whoever has a link decides in"
    " your name."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One comment that waits. `links` are the pages of its decisions, by what they are called."""

    about: str
    page_url: str
    author_name: str
    reasons: tuple[str, ...]
    body: str
    links: tuple[tuple[str, str], ...]


def write_to_moderator(site_name: str, items: tuple[Item, ...], desk_url: str) -> Letter:
    """The letter, about one comment or many."""
    count = len(items)
    lead = "A comment waits for you" if count == 1 else f"{count} comments wait for you"
    return Letter(
        subject=subject(f"{lead}: {site_name}"),
        text=paragraphs(
            f"{lead} on {site_name}.",
            HOW_LINKS_WORK,
            *(_item(item) for item in items),
            f"Everything that waits:\n{address(desk_url)}",
            f"-- \n{site_name}, by Greenroom. How often you get this you choose at the desk, in your account.",
        ),
        secrets=tuple(url for item in items for _, url in item.links),
    )


def _item(item: Item) -> str:
    links = "\n".join(f"{title}:\n{address(url)}" for title, url in item.links)
    return "\n\n".join(
        (
            f"---\n{disarmed(one_line(item.author_name)) or 'Somebody'} wrote this, and it {ABOUT[item.about]}, on",
            address(item.page_url),
            quoted(item.body, most_lines=40),
            listed(item.reasons),
            links,
        )
    )
