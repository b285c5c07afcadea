"""Two hundred texts that would run as script where a page took them for markup, an address or a template."""

from __future__ import annotations

CALL = "window.ran=1"
_TAGS = [
    "<script>{c}</script>", "<SCRIPT>{c}</SCRIPT>", "<script src=data:,{c}></script>", "<script/x>{c}</script>", "<scr<script>ipt>{c}</script>",
    "<script\n>{c}</script\n>", "<svg><script>{c}</script></svg>", "<img src=x onerror={c}>", "<img src=x onerror='{c}'>", "<img/src=x/onerror={c}>",
    "<IMG SRC=x ONERROR={c}>", "<img src=x:x onerror\n={c}>", "<image src=x onerror={c}>", "<svg onload={c}>", "<svg/onload={c}>", "<body onload={c}>",
    "<body onpageshow={c}>", "<input autofocus onfocus={c}>", "<select autofocus onfocus={c}>", "<textarea autofocus onfocus={c}>", "<video src=x onerror={c}>",
    "<video><source onerror={c}></video>", "<audio src=x onerror={c}>", "<details open ontoggle={c}>", "<marquee onstart={c}>", "<iframe src=javascript:{c}></iframe>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>", "<object data=javascript:{c}></object>", "<embed src=javascript:{c}>", "<a href=javascript:{c}>x</a>",
    "<form action=javascript:{c}><button autofocus>x</button></form>", "<button formaction=javascript:{c}>x</button>", "<math href=javascript:{c}>x</math>",
    "<style>@import 'javascript:{c}';</style>", "<link rel=stylesheet href=javascript:{c}>", "<meta http-equiv=refresh content='0;url=javascript:{c}'>",
    "<base href=javascript:{c}//>", "<template><script>{c}</script></template>", "<noscript><img src=x onerror={c}></noscript>",
    "<svg><animate onbegin={c} attributeName=x dur=1s>", "<svg><a xlink:href=javascript:{c}><text y=9>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={c}/>#x'></svg>", "<xss style='animation-name:x' onanimationstart={c}>", "<div onpointerover={c}>x</div>",
    "<p onmouseenter={c}>x", "<isindex type=image src=x onerror={c}>", "<table background=javascript:{c}>", "<keygen autofocus onfocus={c}>",
    "<dialog open onclose={c}><form method=dialog></form></dialog>", "<custom-element onclick={c} autofocus tabindex=0>x",
]  # fmt: skip
# what stands before and after: out of a value, an attribute, a comment, a script, a template, and with odd characters
_AROUND = ["{x}", "\"'>{x}", "--></style></script></title></textarea>{x}", "\u202e{x}\u0000\u202c 😀"]
_OTHERS = [
    "javascript:{c}", "JaVaScRiPt:{c}", "java\tscript:{c}", " javascript:{c}", "data:text/html,<script>{c}</script>", "vbscript:{c}", "{{{{{c}}}}}", "${{{c}}}", "{{@html '<img src=x onerror={c}>'}}",
    "#{{{c}}}", "<%= {c} %>", "[[{c}]]", "';{c};//", '";{c};//', "`;{c};//", "\\';{c};//", "</script><script>{c}</script>", "' onfocus={c} autofocus='", '" onmouseover={c} "', "constructor.constructor('{c}')()",
    "__proto__", "%3Cscript%3E{c}%3C/script%3E", "&lt;script&gt;{c}&lt;/script&gt;", "&#60;script&#62;{c}&#60;/script&#62;", "\\u003cscript\\u003e{c}\\u003c/script\\u003e",
]  # fmt: skip


def hostile() -> list[str]:
    """The texts: every tag as it stands and broken out of three surroundings, and what needs no tag, up to two hundred."""
    tags = [tag.replace("{c}", CALL) for tag in _TAGS]
    others = [other.format(c=CALL) for other in _OTHERS]
    texts = [*others, *(around.replace("{x}", tag) for around in _AROUND for tag in tags)]
    return texts[:200]
