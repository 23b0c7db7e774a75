"""Everything that is stored about an author of a site, as plain values. Nothing of it is somebody else's."""

from typing import Any

from sqlalchemy import Connection, text

# Whatever a moderator noted for others, and who that was, is theirs; so are the texts that others answered with.
_COMMENTS = text(
    """
    WITH theirs AS MATERIALIZED (
        SELECT id FROM comments WHERE author_id = :id AND status IN ('published', 'spam', 'rejected', 'removed')
        UNION ALL SELECT id FROM comments WHERE author_id = :id AND status = 'held'
        UNION ALL SELECT id FROM comments WHERE author_id = :id AND status = 'pending'
    )
    SELECT jsonb_build_object(
        'id', c.id, 'page_url', t.page_url, 'page_title', t.page_title, 'in_reply_to', c.parent_id,
        'author_name', c.author_name, 'author_website', c.author_website, 'language', c.author_language,
        'status', c.status, 'created_at', c.created_at, 'edited_at', c.edited_at, 'published_at', c.published_at,
        'came_with_proof', c.is_proven, 'network', c.ip_prefix, 'address_hash', encode(c.ip_hash, 'hex'),
        'seconds_in_form', extract(epoch FROM c.form_age), 'filled_hidden_field', c.is_honeypot_filled,
        'revisions', (
            SELECT jsonb_agg(jsonb_build_object(
                'number', r.number, 'body', r.body, 'created_at', r.created_at,
                'findings', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'check', s.check_name, 'label', s.label, 'score', s.score, 'detail', s.detail) ORDER BY s.id),
                        '[]')
                    FROM signals s WHERE s.comment_id = r.comment_id AND s.revision = r.number)) ORDER BY r.number)
            FROM revisions r WHERE r.comment_id = c.id),
        'decisions', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'decided_at', d.decided_at, 'revision', d.revision, 'decision', d.event, 'status', d.status,
                'decided_by', CASE d.decided_by WHEN 'policy' THEN 'program' WHEN 'author' THEN 'author'
                                                ELSE 'moderator' END,
                'reason', d.reason_code, 'reasons', d.reasons, 'message', d.message) ORDER BY d.id), '[]')
            FROM decisions d WHERE d.comment_id = c.id),
        'appeals', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'text', p.body, 'created_at', p.created_at, 'answered_at', p.answered_at) ORDER BY p.id), '[]')
            FROM appeals p WHERE p.comment_id = c.id),
        'mail_about_replies', (
            SELECT jsonb_build_object('asked_for_at', w.created_at, 'ended_at', w.ended_at)
            FROM subscriptions w WHERE w.comment_id = c.id))
    FROM theirs
    JOIN comments c ON c.id = theirs.id
    JOIN threads t ON t.id = c.thread_id
    ORDER BY c.id
    """
)

_ABOUT = text(
    """
    SELECT jsonb_build_object(
        'first_seen_at', a.created_at, 'last_seen_at', a.last_seen_at, 'address_proven_at', a.proven_at,
        'mail_about_replies_confirmed_at', a.replies_confirmed_at, 'no_mail_since', a.no_mail_since,
        'proofs', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'comment', p.comment_id, 'created_at', p.created_at, 'confirmed_at', p.confirmed_at) ORDER BY p.id),
                '[]')
            FROM proofs p WHERE p.author_id = a.id),
        'mails', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', m.kind, 'state', m.state, 'created_at', m.created_at, 'finished_at', m.finished_at)
                ORDER BY m.id), '[]')
            FROM mails m WHERE m.author_id = a.id),
        'reports', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'comment', r.comment_id, 'reason', r.reason, 'text', r.body, 'created_at', r.created_at)
                ORDER BY r.id), '[]')
            FROM reports r WHERE r.site_id = a.site_id AND r.contact_fingerprint = a.email_fingerprint))
    FROM authors a WHERE a.id = :id
    """
)


def comments_of(connection: Connection, author_id: int) -> list[dict[str, Any]]:
    """Their comments with every text, finding, decision and appeal; the oldest first."""
    return list(connection.execute(_COMMENTS, {"id": author_id}).scalars())


def about(connection: Connection, author_id: int) -> dict[str, Any]:
    """What is stored about them apart from their comments."""
    found: dict[str, Any] = connection.execute(_ABOUT, {"id": author_id}).scalar_one()
    return found
