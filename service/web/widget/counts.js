// How many comments pages have: loaded where elements ask for it.
export function count(elements, ask, path) {
  const counted = [...elements];
  const addressOf = (one) => {
    try { return new URL(one.dataset.greenroomCount || one.href, location).href; } catch { return ""; }
  };
  const addresses = [...new Set(counted.map(addressOf))].filter((one) => one.startsWith("http"));
  while (addresses[0]) {
    const page_urls = addresses.splice(0, 100);
    page_urls.toJSON = undefined;
    ask(path, { body: { page_urls } }).then(({ counts }) => {
      for (const one of counted) one.textContent = counts[addressOf(one)]?.toLocaleString() ?? one.textContent;
    }, () => {});
  }
}
