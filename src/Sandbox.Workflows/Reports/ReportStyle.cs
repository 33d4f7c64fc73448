namespace Sandbox.Workflows.Reports;

/// <summary>The report's style sheet.</summary>
internal static class ReportStyle
{
    public static void AddTo(Html html) => html.Add($$"""
        <style>
        :root {
          color-scheme: light dark;
          --page: #fbfbfa; --card: #fff; --ink: #1c2024; --soft: #5b6470; --rule: #dfe2e6; --shade: #f1f3f5;
          --before: #b45309; --after: #1d6fd1; --good: #17733f; --bad: #b3261e; --busy: #1d6fd1; --waiting: #8a5a00; --idle: #6b7280;
          --c1: #0b66b3; --c2: #c2510a; --c3: #0f7f5b; --c4: #a33f86; --c5: #5a6a00; --c6: #6b4fc8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14171a; --card: #1b1f23; --ink: #e7eaee; --soft: #a3adb8; --rule: #353c44; --shade: #23292f;
            --before: #f0a14a; --after: #6bb1ff; --good: #5fce8f; --bad: #ff8a80; --busy: #6bb1ff; --waiting: #f0c05a; --idle: #9aa4af;
            --c1: #63b0f5; --c2: #f59757; --c3: #4fc79a; --c4: #e58bcb; --c5: #c3d05a; --c6: #ab98f5;
          }
        }
        * { box-sizing: border-box; }
        html { font-size: 15px; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main { max-width: 1480px; margin: 0 auto; padding: 28px clamp(16px, 3vw, 40px) 40px; }
        h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 14px; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 0 0 12px; padding-top: 30px; }
        h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
        .kind { margin: 0; color: var(--soft); font-size: .85rem; }
        code, pre { font: .86em/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
        td, th, dd, h1, h3, li, pre { unicode-bidi: isolate; }
        .facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 0; }
        .facts dt { color: var(--soft); font-size: .8rem; }
        .facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        .callout { margin-top: 16px; padding: 10px 14px; border-left: 4px solid var(--waiting); background: var(--shade); }
        .callout.failed { border-color: var(--bad); }
        .callout ul { margin: 4px 0 0; padding-left: 20px; }
        .callout pre { margin: 4px 0 0; padding: 0; border: 0; background: none; white-space: pre-wrap; }
        nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 20px; padding: 10px 0; border-block: 1px solid var(--rule); }
        a { color: var(--after); }
        .state { font-size: .85rem; font-weight: 600; white-space: nowrap; }
        h1 .state { margin-left: 8px; padding: 3px 10px; border: 1px solid; border-radius: 999px; vertical-align: 4px; }
        .good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); } .waiting { color: var(--waiting); } .idle { color: var(--idle); }
        .scroll { overflow-x: auto; margin-bottom: 14px; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 4px 0 6px; }
        th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
        thead th { color: var(--soft); font-weight: 500; font-size: .85rem; vertical-align: bottom; }
        tbody th { font-weight: 500; }
        .number { text-align: right; padding-left: 14px; white-space: nowrap; }
        .best { font-weight: 700; color: var(--good); }
        .changes { min-width: 60%; }
        .environment td { overflow-wrap: anywhere; }
        .note { color: var(--soft); font-size: .85rem; margin: 4px 0 12px; max-width: 85ch; }
        .timeline { width: 100%; }
        .timeline td, .timeline th { padding-block: 3px; } .timeline .number { padding-right: 24px; }
        .timeline .fit { width: 1%; white-space: nowrap; }
        .timeline .bars { width: 46%; padding-right: 0; }
        .timeline svg { display: block; overflow: visible; }
        .pipeline th { padding-top: 18px; font-weight: 600; }
        .flow { margin-left: 16px; font-weight: 400; color: var(--soft); font-size: .85rem; white-space: nowrap; }
        .stage b { font-weight: 600; }
        .stage-name { color: var(--soft); font-weight: 400; border-bottom-color: var(--rule); }
        .job { overflow-wrap: anywhere; }
        small { color: var(--soft); font-size: .8rem; }
        .job-note { white-space: pre-wrap; font-size: .85rem; }
        .span.good { fill: var(--good); } .span.bad { fill: var(--bad); } .span.busy { fill: var(--busy); } .span.waiting { fill: var(--waiting); } .span.idle { fill: var(--idle); }
        details { margin-bottom: 10px; }
        summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 20px; list-style: none; margin: 2px 0 10px; padding: 0; font-size: .85rem; }
        .legend svg { vertical-align: -1px; margin-right: 6px; }
        .swatch { display: inline-block; width: 12px; height: 12px; border: 2px solid; vertical-align: -1px; }
        .swatch.before { color: var(--before); background: color-mix(in srgb, var(--before) 25%, transparent); border-style: dashed; }
        .swatch.after { color: var(--after); background: color-mix(in srgb, var(--after) 40%, transparent); }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(370px, 100%), 1fr)); gap: 16px; }
        .charts.wide { grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); }
        figure { margin: 0; padding: 14px 16px 10px; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; break-inside: avoid; min-width: 0; }
        figure svg[viewBox] { display: block; width: 100%; height: auto; margin: 6px 0; }
        .small { width: 100%; font-size: .8rem; }
        .small th, .small td { padding: 2px 0 2px 8px; text-align: right; border: 0; white-space: nowrap; }
        .small thead th { font-size: .75rem; }
        .small th:first-child { padding-left: 0; text-align: left; white-space: normal; }
        figure .note { margin: 4px 0 0; }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .axis { stroke: var(--soft); stroke-width: 1; }
        .tick, .label { fill: var(--soft); font-size: 11px; }
        .area.before { fill: var(--before); fill-opacity: .22; stroke: var(--before); stroke-width: 1.4; stroke-dasharray: 4 2; }
        .area.after { fill: var(--after); fill-opacity: .38; stroke: var(--after); stroke-width: 1.4; }
        .bar.before { fill: var(--before); fill-opacity: .55; } .bar.after { fill: var(--after); }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); } .s4 { stroke: var(--c4); } .s5 { stroke: var(--c5); } .s6 { stroke: var(--c6); }
        .mark.s1 { fill: var(--c1); } .mark.s2 { fill: var(--c2); } .mark.s3 { fill: var(--c3); } .mark.s4 { fill: var(--c4); } .mark.s5 { fill: var(--c5); } .mark.s6 { fill: var(--c6); }
        .line.d2 { stroke-dasharray: 7 3; } .line.d3 { stroke-dasharray: 2 3; }
        .trial.ended { fill: var(--c1); fill-opacity: .45; } .trial.cut { fill: none; stroke: var(--c1); stroke-width: 1.4; } .trial.busy { fill: var(--waiting); }
        .trial.best { fill: var(--good); stroke: var(--card); stroke-width: 1; }
        .parallel { margin-top: 16px; } .parallel .scroll { margin: 0; } .parallel svg { min-width: 900px; } .changes-chart { max-width: 980px; margin-bottom: 12px; }
        .way { fill: none; stroke-width: 1.2; stroke: var(--idle); stroke-opacity: .28; } .way.good { stroke: var(--c1); stroke-opacity: .8; stroke-width: 1.6; }
        .way.best { stroke: var(--good); stroke-opacity: 1; stroke-width: 3; }
        .halo { paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        pre { margin: 0; padding: 12px 14px; overflow-x: auto; background: var(--shade); border: 1px solid var(--rule); border-radius: 6px; tab-size: 2; }
        footer { margin-top: 40px; color: var(--soft); font-size: .85rem; }
        @media (max-width: 1000px) { .timeline .bars { width: 34%; } .timeline .job small { display: block; } .flow { display: block; margin-left: 0; white-space: normal; } }
        @media print {
          html { font-size: 10.5px; } body { background: #fff; } main { padding: 0; max-width: none; } nav { display: none; }
          .charts { grid-template-columns: repeat(2, 1fr); } details::details-content { content-visibility: visible; block-size: auto; }
          pre { white-space: pre-wrap; } tr { break-inside: avoid; } h2, summary, caption { break-after: avoid; }
        }
        </style>
        """);
}
