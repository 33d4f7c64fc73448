using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Lines that web pages put around a text: navigation, cookie notice, share buttons, footer. Written for this
/// purpose; the hosts are reserved names that belong to nobody.</summary>
internal static class Boilerplate
{
    private static readonly Site[] Sites =
    [
        new("Archive Reader", "archive.example.org",
            "Home | About | Browse | Search | Help | Log in",
            "We use cookies to give you the best experience. Accept all | Reject | Settings",
            "Share this: Facebook Twitter Email Print"),
        new("The Daily Example", "news.example.com",
            "MENU  World  Politics  Business  Sport  Culture  Subscribe",
            "This website uses cookies. By continuing to browse you agree to our cookie policy. OK",
            "Like this? Share it! Tweet  Pin it  +1  Comments (0)"),
        new("PolicyHub", "policy.example.net",
            "Skip to main content >> Topics >> Speeches >> Full text",
            "Please enable JavaScript to view this page properly.",
            "Tags: speech, congress, president  Filed under: Uncategorized  Leave a comment"),
        new("Open Speeches", "speeches.example.org",
            "Toggle navigation  Collections  Timeline  Donate",
            "Sign up for our newsletter! Enter your email address: [Submit]",
            "Previous post << | >> Next post   Related articles:"),
        new("Student Notes", "notes.example.com",
            "Login / Register  Cart (0)  Wishlist  Contact us",
            "Advertisement. Scroll to continue reading. Remove ads",
            "Download as PDF   Cite this page   Report an error"),
    ];

    public static DirtyText Around(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var site = chance.Pick(Sites);
        var text = $"{site.Header}\n{document.Text}\n{site.Share}\nhttps://www.{site.Host}/p/{chance.Below(100_000)} {site.Footer}";
        return new DirtyText(text, $"page of {site.Name}", document);
    }

    public static DirtyText Only(Material material, ChanceStream chance)
    {
        var site = chance.Pick(Sites);
        var lines = chance.Hits(0.5)
            ? new[] { site.Header, site.Notice, site.Share, site.Footer }
            : [site.Header, "404 Not Found. The page that you are looking for does not exist.", site.Footer];
        return new DirtyText(string.Join('\n', lines), $"empty page of {site.Name}, id {chance.Below(100_000)}");
    }

    private sealed record Site(string Name, string Host, string Navigation, string Notice, string Share)
    {
        public string Header => $"{Name}\n{Navigation}\n{Notice}";

        public string Footer => $"Copyright {Name}. All rights reserved. Privacy | Terms | Contact: webmaster@{Host} http://{Host}/terms";
    }
}
