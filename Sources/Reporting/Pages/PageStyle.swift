/// The one style sheet of all pages: light, dark and for paper, from a telephone to a wide screen.
///
/// The surface has the colours of `Paint.surface`, so that plots lie on it without a seam.
enum PageStyle {
    static let css = colors + layout + text + parts + small + paper

    private static let colors = """

        :root{color-scheme:light dark;--surface:#fff;--ink:#1b1f24;--muted:#5b6570;--rule:#e6e9ec;--edge:#c9cfd5;
        --raised:#f6f7f9;--accent:#0067a3;--good:#00714f;--bad:#b3430a;--open:#7a5b00}
        @media screen and (prefers-color-scheme:dark){:root{--surface:#14181d;--ink:#e8ebee;--muted:#9aa5b0;--rule:#2a3038;
        --edge:#434b55;--raised:#1c2128;--accent:#6cb2ea;--good:#2bc295;--bad:#f59a66;--open:#f0b52e}}
        """

    private static let layout = """

        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        body{margin:0 auto;max-width:1304px;padding:40px 32px 32px;background:var(--surface);color:var(--ink);
        font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
        nav{margin:0 0 8px;padding:10px 0;border-bottom:1px solid var(--rule)}
        nav ol{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;padding:0;list-style:none}
        section{padding:8px 0 24px}
        section+section{border-top:1px solid var(--rule);padding-top:24px}
        .beside{display:flex;flex-wrap:wrap;gap:8px 40px;align-items:flex-start}
        .beside>div{flex:0 1 auto;max-width:100%;min-width:0}
        @media (min-width:1200px){
        body{display:grid;grid-template-columns:168px minmax(0,1fr);column-gap:56px}
        header,footer{grid-column:1/-1}
        main:first-of-type{grid-column:2}
        nav{grid-column:1;align-self:start;position:sticky;top:24px;margin-top:12px;padding:0;border:0}
        nav ol{display:block}
        nav li{margin:0 0 8px}
        }
        """

    private static let text = """

        h1,h2,h3,p,dd,dt,td,th,code,summary{unicode-bidi:isolate}
        h1,h2,h3,p,dd,dt,summary,.long{overflow-wrap:anywhere}
        h1{margin:0;font-size:34px;line-height:1.2;letter-spacing:-.02em}
        h2{margin:0 0 14px;font-size:21px;line-height:1.3;letter-spacing:-.01em}
        h3{margin:28px 0 10px;font-size:16px}
        p,ul{margin:0 0 12px;max-width:46em}
        li{margin:0 0 4px}
        a{color:var(--accent);text-underline-offset:2px}
        nav a{text-decoration:none}
        a:hover{text-decoration:underline}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
        .kind{margin:0 0 6px;color:var(--muted);font-size:13px;letter-spacing:.06em;text-transform:uppercase}
        .lead{margin:10px 0 0;color:var(--muted);font-size:17px}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:13px}
        code{padding:1px 4px;border-radius:3px;background:var(--raised)}
        pre{margin:0 0 16px;padding:14px 16px;overflow-x:auto;border-radius:6px;background:var(--raised);line-height:1.5}
        pre code{padding:0;overflow-wrap:normal}
        footer{margin-top:16px;padding-top:16px;border-top:1px solid var(--rule);color:var(--muted);font-size:13px}
        """

    private static let parts = """

        .good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
        dl{margin:0}dd{margin:0}
        header{margin:0 0 24px}
        .facts{display:flex;flex-wrap:wrap;gap:20px 48px;margin:28px 0 0}
        .facts dt{color:var(--muted);font-size:13px}
        .facts dd{font-size:26px;line-height:1.25;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
        .facts .note{color:var(--muted);font-size:13px;letter-spacing:0}
        .terms{display:grid;gap:6px 24px;margin:0 0 16px;max-width:52em}
        .terms>div{display:grid;grid-template-columns:11em minmax(0,1fr);gap:24px}
        .terms dt{color:var(--muted)}
        .scroll{margin:0 0 20px;overflow-x:auto}
        table{border-collapse:collapse;font-size:14px;line-height:1.4;font-variant-numeric:tabular-nums}
        caption{padding:0 0 8px;text-align:left;color:var(--muted);font-size:13px}
        th,td{padding:6px 0 6px 24px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
        th:first-child,td:first-child{padding-left:0}
        .long{min-width:16em}
        tbody th{font-weight:400}
        thead th{border-bottom-color:var(--edge);font-weight:600;font-size:13px;vertical-align:bottom;white-space:nowrap}
        .number{text-align:right;white-space:nowrap}
        tbody tr:hover>*{background:var(--raised)}
        th button{all:unset;cursor:pointer}
        th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        th button::after{content:"↕";margin-left:4px;color:var(--edge)}
        th[aria-sort=ascending] button::after{content:"↑";color:var(--accent)}
        th[aria-sort=descending] button::after{content:"↓";color:var(--accent)}
        figure{margin:0 0 16px}
        figcaption{margin:2px 0 0;max-width:46em;color:var(--muted);font-size:13px}
        figure svg,figure img{display:block;max-width:100%;height:auto}
        figure svg text:not([data-tip]):not(:has(title)){pointer-events:none}
        .wide svg{margin-left:-16px}
        .narrow{display:none}
        .plot-target rect:hover{fill:currentColor;fill-opacity:.07}
        details{margin:0 0 16px}
        summary{margin:0 0 10px;color:var(--accent);cursor:pointer}
        #tip{position:fixed;z-index:1;max-width:min(340px,90vw);padding:5px 9px;border-radius:4px;background:var(--ink);
        color:var(--surface);font-size:13px;line-height:1.4;pointer-events:none;font-variant-numeric:tabular-nums}
        #tip[hidden]{display:none}
        """

    private static let small = """

        @media screen and (max-width:600px){
        body{padding:20px 14px;font-size:15px}
        h1{font-size:27px}h2{font-size:19px}
        .lead{font-size:15px}
        .facts{display:grid;grid-template-columns:1fr 1fr;gap:14px 20px;margin:20px 0 0}
        header{margin:0 0 16px}
        .long{min-width:11em}
        .facts dd{font-size:21px}
        .terms>div{grid-template-columns:minmax(0,1fr);gap:0}
        th,td{padding-left:16px}
        .wide{display:none}.narrow{display:block}
        .narrow svg{margin:0 -14px;max-width:calc(100% + 28px)}
        }
        """

    private static let paper = """

        @media print{
        @page{margin:16mm}
        body{max-width:none;padding:0;font-size:10.5pt;display:block}
        nav,#tip{display:none}
        a{color:inherit;text-decoration:none}
        th button::after{content:""}
        .scroll,pre{overflow:visible}
        pre{white-space:pre-wrap;background:none;padding:0 0 0 10px;border-left:2px solid var(--edge);border-radius:0}
        details::details-content{content-visibility:visible}
        summary{color:inherit;list-style:none}
        table{font-size:9pt}
        th,td{padding:3px 0 3px 14px}
        figure,thead,tr,.facts>div,.terms>div{break-inside:avoid}
        h2,h3,caption,summary{break-after:avoid}
        footer{display:none}
        }

        """
}
