"""The review queue: what waits on all of a moderator's sites, and one comment with everything that is known of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import Connection

from service.errors import NotFound
from service.moderation.rank import MEANING
from service.storage import appeals, near_duplicates, review, review_counts
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.review import ReviewItem
from service.storage.review_filter import ANY, ReviewFilter
from service.usecases.show_comment import show_comment
from service.web import access
from service.web.api.queue import as_address, by_address, filter_of, keep_addresses_out_of_urls, place
from service.web.console import showing
from service.web.console.frame import desk_page
from service.web.console.queue_schemas import AGES, QueueQuery, SearchForm
from service.web.context import runtime
from service.web.parsing import read_form, read_query

desk_queue = APIBlueprint("desk_queue", __name__, url_prefix="/desk", enable_openapi=False)

PAGE = 50


@desk_queue.get("/")
def queue() -> str:
    """What waits, the severest first, and among equals the oldest."""
    query = asked()
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    with runtime().statements.connect() as connection:
        context = list_of(connection, actor, query)
        if query.done:
            context["notice"] = _notice(connection, actor, query.done)
    return desk_page("desk/queue.html", actor, **context)


@desk_queue.post("/search")
def search() -> Response | str:
    """Words become part of the list's address. An e-mail address does not: its author's number does."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = asked()
    form = SearchForm.read(read_form(request))
    address = as_address(form.text)
    if address is None:
        chosen = {**query.without("text"), **({"text": form.text} if form.text else {})}
        return redirect(url_for("desk_queue.queue", **chosen), 303)  # type: ignore[return-value]
    access.require_actor(request, roles=DECIDERS)
    wanted = by_address(filter_of(QueueQuery.read({"status": "any"}), actor), address, actor)
    if wanted.author_ids and len(wanted.author_ids) == 1:
        return redirect(url_for("desk_queue.queue", author=wanted.author_ids[0], status="any"), 303)  # type: ignore[return-value]
    with runtime().statements.connect() as connection:
        context = list_of(connection, actor, QueueQuery.read({"status": "any"}), wanted=wanted)
    return desk_page("desk/queue.html", actor, is_by_address=True, **context)


@desk_queue.get("/comments/<uuid:comment_id>")
def item(comment_id: UUID) -> str:
    """One comment beside the list that it stands in."""
    query = asked()
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    return item_page(actor, query, comment_id)


def item_page(actor: Actor, query: QueueQuery, comment_id: UUID, *, complaint: str = "", email: str = "") -> str:
    """The page of a comment. `complaint` is why what was just sent could not be done; `email` was just revealed."""
    with runtime().statements.connect() as connection:
        context = list_of(connection, actor, query)
        context["item"] = _find(connection, actor, comment_id)
        if query.done:
            context["notice"] = _notice(connection, actor, query.done)
    context["next_id"] = _next_in(context["rows"], comment_id)
    return desk_page("desk/queue.html", actor, complaint=complaint, email=email, **context)


@desk_queue.get("/comments/<uuid:comment_id>/panel")
def panel(comment_id: UUID) -> str:
    """The comment alone, for the script that puts it beside the list."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = asked()
    with runtime().statements.connect() as connection:
        found = _find(connection, actor, comment_id)
    return render_template(
        "desk/_item.html",
        item=found,
        filters=query.kept(),
        next_id=None,
        csrf_token=access.csrf_token(request),
    )


@desk_queue.get("/comments/<uuid:comment_id>/like")
def like(comment_id: UUID) -> Response:
    """The line of the first that still waits and says nearly the same, for the script: this one was decided alone."""
    query = asked()
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    with runtime().statements.connect() as connection:
        if review.find(connection, comment_id, site_ids=actor.sites_with(EVERY_ROLE)) is None:
            raise NotFound("There is no such comment on your sites.")
        found = review.folded_page(connection, question(query, actor), like=comment_id, limit=1)
        rows = _rows(connection, actor, found, now=runtime().now())
    if not rows:
        return Response(status=204)
    may_decide = bool(actor.sites_with(DECIDERS))
    filters = query.kept()
    return Response(render_template("desk/_row.html", row=rows[0], filters=filters, may_decide=may_decide))


def asked() -> QueueQuery:
    """The filters of the address. A form sends those that nobody chose as empty."""
    query = QueueQuery.read({name: value for name, value in read_query(request).items() if value != ""})
    keep_addresses_out_of_urls(query)
    return query


def question(query: QueueQuery, actor: Actor) -> ReviewFilter:
    """What the address asks, about sites that the moderator may see."""
    wanted = filter_of(query, actor)
    if query.waited is None:
        return wanted
    since = runtime().now() - AGES[query.waited]
    return replace(wanted, older_than=min(since, wanted.older_than or since))


def list_of(
    connection: Connection, actor: Actor, query: QueueQuery, *, wanted: ReviewFilter | None = None
) -> dict[str, Any]:
    """What the list shows: a page of rows, the way to the next, and how many there are of what kind."""
    now = runtime().now()
    wanted = wanted or question(query, actor)
    found = review.folded_page(connection, wanted, after=place(query.cursor), limit=PAGE + 1)
    shown = found[:PAGE]
    counts = review_counts.count(connection, replace(wanted, reason=None), has_labels=False)
    waits = counts
    if wanted.reason is not None or wanted.rank is not None:
        waits = review_counts.count(connection, replace(wanted, rank=None), has_labels=False)
    sites = _sites(actor)
    has_comments = bool(shown) or bool(
        review.ids_matching(connection, ReviewFilter(site_ids=wanted.site_ids, status=ANY), up_to=1)
    )
    return {
        "rows": _rows(connection, actor, shown, now=now),
        "next_cursor": f"{shown[-1].rank}.{shown[-1].id}" if len(found) > PAGE else None,
        "has_comments": has_comments,
        "total": counts.total,
        "kinds": showing.kinds(counts.by_reason, chosen=query.reason),
        "waits": showing.waits(waits.by_rank, chosen=query.waiting_for) if query.status == "waiting" else [],
        "query": query,
        "filters": query.kept(),
        "narrowed": showing.narrowed(query, shown),
        "sites": sites,
        "may_decide": bool(actor.sites_with(DECIDERS)),
        "choices": showing.CHOICES,
        "ranks": list(MEANING.values()),
    }


def _sites(actor: Actor) -> list[str]:
    return sorted(key for key, site_id in actor.site_ids.items() if actor.may(EVERY_ROLE, site_id))


def _rows(connection: Connection, actor: Actor, shown: Sequence[ReviewItem], *, now: datetime) -> list[dict[str, Any]]:
    """The lines of the list; each with how many more wait that say nearly the same."""
    groups = near_duplicates.held_groups(connection, [item.id for item in shown if item.status == "held"])
    is_of_several = len(_sites(actor)) > 1
    return [
        {
            **showing.row(item, by=actor, site=item.site if is_of_several else None, now=now),
            "like_it": groups[item.id].size - 1 if item.id in groups else 0,
        }
        for item in shown
    ]


def _find(connection: Connection, actor: Actor, comment_id: UUID) -> dict[str, Any]:
    """Everything that is known about the comment but the e-mail address.

    Raises:
        NotFound: no site of theirs has such a comment.

    """
    found = show_comment(connection, comment_id, by=actor, vault=runtime().vault)
    is_own = appeals.against_own(connection, [comment_id], label=actor.label, moderator_id=actor.moderator_id)
    return showing.whole(found, by=actor, now=runtime().now(), is_own_case=bool(is_own))


def _notice(connection: Connection, actor: Actor, comment_id: UUID) -> dict[str, Any] | None:
    """What this moderator has just done, read from the history, so that no address can claim it."""
    found = review.find(connection, comment_id, site_ids=actor.sites_with(EVERY_ROLE))
    decisions = review.decisions(connection, comment_id) if found else []
    if found is None or not decisions or decisions[-1].decided_by != actor.label:
        return None
    return showing.notice(found, decisions[-1])


def _next_in(rows: list[dict[str, Any]], comment_id: UUID) -> UUID | None:
    """The row that follows this comment in the list, or its first where it stands at the end or not in it."""
    ids = [row["id"] for row in rows]
    following = ids[ids.index(comment_id) + 1 :] if comment_id in ids else []
    others = following or [one for one in ids if one != comment_id]
    return others[0] if others else None
