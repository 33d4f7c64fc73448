using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>The journal lies in its key's order: a line costs a commit one page, not one of the table and one of an index.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0005_Journal")]
internal sealed class M0005Journal : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE Journal_ordered (
            InstanceId TEXT NOT NULL,
            Sequence INTEGER NOT NULL,
            ActivityInstanceId TEXT NOT NULL,
            Timestamp INTEGER NOT NULL,
            EventName TEXT NOT NULL,
            Message TEXT NULL,
            PRIMARY KEY (InstanceId, Sequence)) WITHOUT ROWID;
        INSERT INTO Journal_ordered SELECT InstanceId, Sequence, ActivityInstanceId, Timestamp, EventName, Message FROM Journal;
        DROP TABLE Journal;
        ALTER TABLE Journal_ordered RENAME TO Journal;
        """);
}
