// What Streamlit cannot do: name the page's language, say the uploader's words in it, and follow our own links without loading the page anew.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  for (const [name, words] of Object.entries(data.words))
    document.documentElement.style.setProperty(name, JSON.stringify(words));
  if (data.moved) location.replace(data.moved);

  if (window.exempelbankenPage && window.exempelbankenPage !== data.page) {
    document.activeElement?.blur();
    focusOnHeading();
  }
  window.exempelbankenPage = data.page;

  mendUploader();
  const watch = new MutationObserver(mendUploader);
  watch.observe(document.body, { childList: true, subtree: true });

  // As the browser's own back and forward buttons do it: the address changes, and Streamlit is told to look at it.
  const follow = (event) => {
    const link = event.target.closest?.("a[data-page]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.href !== location.href) history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
    if (link.dataset.show && innerWidth <= 640) document.getElementById(link.dataset.show)?.scrollIntoView();
  };
  document.addEventListener("click", follow);
  return () => {
    document.removeEventListener("click", follow);
    watch.disconnect();
  };

  // A reader with a screen reader or a keyboard starts at the top of the page that has just come. Streamlit puts it
  // there piece by piece, some twice: so look for a second, but never take the focus from where the reader has put it.
  function focusOnHeading(tries = 20) {
    const heading = document.querySelector("h1#innehall");
    if (document.activeElement === document.body) heading?.focus({ preventScroll: true });
    if (tries) setTimeout(focusOnHeading, 50, tries - 1);
  }

  // Streamlit gives the place to drop a file a name and says that it is only for show: one of both is wrong. Its buttons
  // have English names, or only words that the style shows, which are no names.
  function mendUploader() {
    const place = document.querySelector('[data-testid="stFileUploaderDropzone"]');
    place?.setAttribute("role", "group");
    for (const button of place?.querySelectorAll("button") ?? []) {
      const removes = button.closest('[data-testid="stFileChipDeleteBtn"]');
      button.setAttribute("aria-label", data.names[removes ? "remove" : "choose"]);
    }
  }
}
