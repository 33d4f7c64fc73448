using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Instances by when they ended, for those who want to hear of it. An instance pays for it once, with its last commit.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0007_Ends")]
internal sealed class M0007Ends : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_WorkflowInstances_FinishedAt", "WorkflowInstances", "FinishedAt", filter: "\"FinishedAt\" IS NOT NULL");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropIndex("IX_WorkflowInstances_FinishedAt", "WorkflowInstances");
}
