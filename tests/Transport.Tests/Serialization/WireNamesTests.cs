using System.Text.RegularExpressions;
using Stillhouse.Messages;
using Stillhouse.Transport.Serialization;

namespace Stillhouse.Transport.Tests.Serialization;

public sealed partial class WireNamesTests
{
    [GeneratedRegex("^[a-z]+\\.[a-z]+(-[a-z]+)*/[1-9][0-9]*$")]
    private static partial Regex AreaVerbNounVersion { get; }

    [Fact]
    public void Protocol_NamesEveryMessage_WithAreaVerbNounAndVersion()
    {
        var names = WireNames.Protocol.Types.Select(type => WireNames.Protocol.NameOf(type)!).ToList();

        names.ShouldNotBeEmpty();
        names.ShouldAllBe(name => AreaVerbNounVersion.IsMatch(name));
        names.ShouldAllBe(name => WireNames.Protocol.NameOf(WireNames.Protocol.TypeOf(name)!) == name);
    }

    [Fact]
    public void WireNames_WhenAMessageHasNone_SaysWhich() =>
        Should.Throw<InvalidOperationException>(() => new WireNames([typeof(Nameless), typeof(First)]))
            .Message.ShouldContain(nameof(Nameless));

    [Fact]
    public void WireNames_WhenTwoMessagesShareOne_SaysWhich()
    {
        var message = Should.Throw<InvalidOperationException>(() => new WireNames([typeof(First), typeof(Second)])).Message;

        message.ShouldContain("'test.same/1'");
        message.ShouldContain(nameof(First));
        message.ShouldContain(nameof(Second));
    }

    private sealed record Nameless : IProtocolMessage;

    [WireName("test.same/1")]
    private sealed record First : IProtocolMessage;

    [WireName("test.same/1")]
    private sealed record Second : IProtocolMessage;
}
