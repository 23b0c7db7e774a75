"""A form that was not right: everything typed is kept, and what is wrong is said where it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import CommentForm, FormOn, OpenPage, comment_id, see_it_published
from tests.e2e.widget import new_address

pytestmark = pytest.mark.xdist_group("pages")

WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [False, True], ids=["without JavaScript", "with JavaScript"]
)


def send_wrong(form: CommentForm) -> int:
    """Send it although the browser's own checks would not. Returns the status of the answer."""
    form.page.locator("form.comment-form").evaluate("form => { form.noValidate = true }")
    with form.page.expect_navigation() as navigation:
        form.page.get_by_role("button", name="Post Comment").click()
    answer = navigation.value
    assert answer is not None
    return answer.status


def complaint(page: Page, field: str) -> str:
    """The sentence that a screen reader reads with the field."""
    described = page.locator(f"#field-{field}").get_attribute("aria-describedby") or ""
    assert f"error-{field}" in described.split()
    assert page.locator(f"#field-{field}").get_attribute("aria-invalid") == "true"
    return page.locator(f"#error-{field}").inner_text()


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_wrong_form_is_mended_and_accepted(open_page: OpenPage, form_on: FormOn, javascript: bool) -> None:
    """A wrong e-mail and no name: the page keeps all, says both at once, and takes the mended form."""
    page = open_page(javascript=javascript)
    text = f"Mended once ({javascript}).\n\n  Indented & <b>kept</b>."
    form = form_on(page).fill(text, name="", email="ada at example.org", website="https://ada.example/me")

    assert send_wrong(form) == 422

    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment was not sent yet")
    for field, typed in (
        ("body", text),
        ("author_name", ""),
        ("author_email", "ada at example.org"),
        ("author_website", "https://ada.example/me"),
    ):
        expect(page.locator(f"#field-{field}")).to_have_value(typed)
    assert "fill in this field" in complaint(page, "author_name")
    assert len(complaint(page, "author_email")) > len("Error: ")
    assert page.locator(".complaint").count() == 2
    assert page.locator(".summary li").count() == 2
    assert "ada" not in page.url

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Email:").click()
    expect(page.locator("#field-author_email")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(new_address())
    page.locator("#field-author_name").fill("Ada")
    form.send_at_once()
    see_it_published(page)
    expect(page.locator(".own .body")).to_contain_text("Indented & <b>kept</b>.")


def test_an_empty_form_names_every_required_field(open_page: OpenPage, form_on: FormOn) -> None:
    """All three at once, in the order of the form, each beside its field and in the summary."""
    page = open_page()
    assert send_wrong(form_on(page)) == 422
    for field in ("body", "author_name", "author_email"):
        assert "fill in this field" in complaint(page, field)
    links = page.locator(".summary li a").evaluate_all("all => all.map(one => one.hash)")
    assert links == ["#field-body", "#field-author_name", "#field-author_email"]
    for link in links:
        page.locator(f'.summary a[href="{link}"]').click()
        expect(page.locator(link)).to_be_focused()


def test_a_wrong_reply_remembers_whom_it_answers(open_page: OpenPage, form_on: FormOn) -> None:
    """After a mistake the form still belongs to the comment that it answers, and says so."""
    page = open_page(javascript=False)
    form_on(page).fill("Has anybody here been through the second week?").send_at_once()
    see_it_published(page)
    parent = comment_id(page)
    form = form_on(page, f"/demo/plain?reply_to={parent}").fill("An answer without a name", name="")

    assert send_wrong(form) == 422

    assert page.locator("[name=parent_id]").input_value() == parent
    expect(page.locator(".replying")).to_be_visible()


def test_the_browser_itself_holds_back_what_is_not_filled_in(open_page: OpenPage, form_on: FormOn) -> None:
    """Nothing is sent while a required field is empty or an address is none; the browser says which."""
    page = open_page(javascript=False)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    form = form_on(page).fill("Everything but the address", email="no address")
    page.get_by_role("button", name="Post Comment").click()
    expect(form.field("Email")).to_be_focused()
    assert posts == []
