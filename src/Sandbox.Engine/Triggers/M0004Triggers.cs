using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Triggers;

/// <summary>The table of triggers.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0004_Triggers")]
internal sealed class M0004Triggers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "WorkflowTriggers",
            table => new
            {
                DefinitionId = table.Column<string>(),
                DefinitionVersionId = table.Column<string>(),
                ActivityId = table.Column<string>(),
                ActivityType = table.Column<string>(),
                Hash = table.Column<string>(nullable: true),
                Inputs = table.Column<string>(),
                NextAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_WorkflowTriggers", row => new { row.DefinitionId, row.ActivityId }));
        migrationBuilder.CreateIndex("IX_WorkflowTriggers_Hash", "WorkflowTriggers", "Hash");
        migrationBuilder.CreateIndex("IX_WorkflowTriggers_NextAt", "WorkflowTriggers", "NextAt");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("WorkflowTriggers");
}
