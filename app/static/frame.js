// In a frame on another site: tells the page around it how high this one is. There, embed.js listens.

const tell = () =>
  parent.postMessage({ dearMP: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
new ResizeObserver(tell).observe(document.documentElement);
addEventListener("message", ({ source, data }) => source === parent && data === "dear-mp" && tell());
