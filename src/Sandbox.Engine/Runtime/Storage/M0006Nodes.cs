using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>The node that a job's attempt has something on.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0006_Nodes")]
internal sealed class M0006Nodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("Node", "Jobs", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("Node", "Jobs");
}
