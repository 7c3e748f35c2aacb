namespace Stillhouse.Transport.Tests;
public class Probe { [Fact] public void P() => 1.ShouldBe(1); }
