// On a page that shows campaigns in frames: gives each frame the height of what is in it. It takes messages from our own
// pages only.

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { origin } = new URL(script.src);
  const frames = () => [...document.querySelectorAll("iframe")];
  addEventListener("message", ({ origin: from, source, data }) => {
    const frame = from === origin && data?.dearMP > 0 && frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    const border = frame.offsetHeight - frame.clientHeight;
    frame.style.height = `${Math.min(Math.max(data.dearMP, 100), 2000) + border}px`;
  });
  // Frames that were there before this script have sent their height already: they are asked again.
  for (const frame of frames()) {
    if (frame.src.startsWith(`${origin}/`)) frame.contentWindow?.postMessage("dear-mp", "*");
  }
})();
