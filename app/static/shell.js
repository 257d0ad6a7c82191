// What Streamlit cannot do: name the page's language, and follow our own links without loading the page anew.
export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = data.language;

  const heading = () => document.querySelector("h1#innehall");
  if (window.exempelbankenPage && window.exempelbankenPage !== data.page) focusOnNewHeading(heading());
  window.exempelbankenPage = data.page;

  const follow = (event) => {
    const link = event.target.closest?.("a[data-page]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("followed", { page: link.dataset.page, query: new URL(link.href).search.slice(1) });
    if (link.dataset.show && window.innerWidth < 640) document.getElementById(link.dataset.show)?.scrollIntoView();
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);

  // A reader with a screen reader or a keyboard starts at the top of the page that has just come.
  function focusOnNewHeading(old, tries = 40) {
    const now = heading();
    if (now && now !== old) now.focus({ preventScroll: true });
    else if (tries) setTimeout(focusOnNewHeading, 50, old, tries - 1);
  }
}
