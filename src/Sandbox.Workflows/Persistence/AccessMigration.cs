using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Workflows.Persistence;

/// <summary>Who may use the server, and who changed or ran what.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0010_access")]
internal sealed class AccessMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_api_keys (
            Id TEXT NOT NULL PRIMARY KEY, Name TEXT NOT NULL, Hash TEXT NOT NULL, Scopes TEXT NOT NULL,
            CreatedAt INTEGER NOT NULL, ExpiresAt INTEGER NULL, RevokedAt INTEGER NULL);
        CREATE TABLE sandbox_audit (
            Sequence INTEGER PRIMARY KEY AUTOINCREMENT, At INTEGER NOT NULL, Who TEXT NOT NULL, Address TEXT NULL,
            Method TEXT NOT NULL, Path TEXT NOT NULL, Status INTEGER NOT NULL);
        """);
}
