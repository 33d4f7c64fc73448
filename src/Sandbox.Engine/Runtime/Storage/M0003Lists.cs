using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>What lists of instances and their workers look for, and who edits a draft.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0003_Lists")]
internal sealed class M0003Lists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("IX_WorkflowInstances_Definition", "WorkflowInstances", ["DefinitionId", "CreatedAt"]);
        migrationBuilder.CreateIndex("IX_WorkflowInstances_VersionId", "WorkflowInstances", "DefinitionVersionId");
        migrationBuilder.CreateIndex("IX_WorkflowInstances_Open", "WorkflowInstances", "CreatedAt", filter: "\"Status\" = 'Running'");
        migrationBuilder.AddColumn<string>("EditSession", DefinitionRowConfiguration.Table, nullable: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropColumn("EditSession", DefinitionRowConfiguration.Table);
        migrationBuilder.DropIndex("IX_WorkflowInstances_Open", "WorkflowInstances");
        migrationBuilder.DropIndex("IX_WorkflowInstances_VersionId", "WorkflowInstances");
        migrationBuilder.DropIndex("IX_WorkflowInstances_Definition", "WorkflowInstances");
    }
}
