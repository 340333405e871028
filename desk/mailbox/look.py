"""Look: how the box's pages are drawn, by day and by night, on a phone or a desk."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #55616e; --line: #d8dee5; --paper: #fff;
  --ground: #f3f5f7; --link: #0b5394; --band: #fff6d9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf0; --quiet: #a9b4bf; --line: #37424e; --paper: #1b232c; --ground: #11171d;
    --link: #8cc2f5; --band: #3a3217; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
header { background: var(--band); border-bottom: 1px solid var(--line); padding: .75rem max(1rem, 50vw - 22rem); }
header p { margin: 0; color: var(--ink); font-size: .9rem; }
.home { font-weight: 700; text-decoration: none; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.letters { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 8px;
  background: var(--paper); overflow: hidden; }
.letters li + li { border-top: 1px solid var(--line); }
.letters a { display: grid; gap: .1rem; padding: .75rem 1rem; text-decoration: none; color: inherit; }
.letters a:hover { background: var(--ground); }
.letters a:focus-visible { outline-offset: -3px; }
.letters strong { font-weight: 600; overflow-wrap: anywhere; }
.letters span, .letters time { color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; }
dl { margin: 0 0 1rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); font-size: .9rem; }
dl div { display: grid; grid-template-columns: 4rem 1fr; gap: .5rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; padding: 1rem 0; }
nav a, header a { display: inline-block; padding: .35rem 0; }
"""
