using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Engine.Persistence.Migrations;

/// <summary>The table of definitions. That one version of a definition is the latest and at most one is published, the
/// database itself holds, whoever writes.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0001_Definitions")]
internal sealed class M0001Definitions : Migration
{
    private const string Table = DefinitionRowConfiguration.Table;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: Table,
            columns: table => new
            {
                Id = table.Column<string>(nullable: false),
                DefinitionId = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
                Name = table.Column<string>(nullable: true),
                Description = table.Column<string>(nullable: true),
                ToolVersion = table.Column<string>(nullable: true),
                Writer = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                IsReadonly = table.Column<bool>(nullable: false),
                IsSystem = table.Column<bool>(nullable: false),
                IsLatest = table.Column<bool>(nullable: false),
                IsPublished = table.Column<bool>(nullable: false),
                ContentHash = table.Column<string>(nullable: false),
                Data = table.Column<string>(nullable: false),
                StringData = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_WorkflowDefinitions", row => row.Id));
        migrationBuilder.CreateIndex("IX_WorkflowDefinitions_Version", Table, ["DefinitionId", "Version"], unique: true);
        migrationBuilder.CreateIndex(
            "IX_WorkflowDefinitions_Latest", Table, "DefinitionId", unique: true, filter: "\"IsLatest\" = 1");
        migrationBuilder.CreateIndex(
            "IX_WorkflowDefinitions_Published", Table, "DefinitionId", unique: true, filter: "\"IsPublished\" = 1");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(Table);
}
