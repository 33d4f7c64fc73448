using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Tables of running workflows. Only what each burst looks for is indexed: every index is paid for by every job.</summary>
[DbContext(typeof(EngineDbContext))]
[Migration("0002_Runtime")]
internal sealed class M0002Runtime : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateInstances(migrationBuilder);
        CreateExecutions(migrationBuilder);
        CreateBookmarks(migrationBuilder);
        CreateJobs(migrationBuilder);
        CreateJournal(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["Incidents", "Journal", "JobSteps", "Jobs", "Bookmarks", "ActivityExecutions", "WorkflowInstances"])
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static void CreateInstances(MigrationBuilder migration)
    {
        migration.CreateTable(
            "WorkflowInstances",
            table => new
            {
                Id = table.Column<string>(),
                DefinitionId = table.Column<string>(),
                DefinitionVersionId = table.Column<string>(),
                Version = table.Column<int>(),
                Name = table.Column<string>(nullable: true),
                CorrelationId = table.Column<string>(nullable: true),
                Status = table.Column<string>(),
                SubStatus = table.Column<string>(),
                IncidentCount = table.Column<int>(),
                PauseRequested = table.Column<bool>(),
                CancelRequested = table.Column<bool>(),
                Input = table.Column<string>(nullable: true),
                Output = table.Column<string>(nullable: true),
                LogSequence = table.Column<long>(),
                ExecutionOrder = table.Column<long>(),
                CreatedAt = table.Column<long>(),
                UpdatedAt = table.Column<long>(),
                FinishedAt = table.Column<long>(nullable: true),
                Fence = table.Column<long>(),
                LeaseHolder = table.Column<string>(nullable: true),
                LeaseExpiresAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_WorkflowInstances", row => row.Id));
        migration.CreateIndex("IX_WorkflowInstances_CreatedAt", "WorkflowInstances", "CreatedAt");
    }

    private static void CreateExecutions(MigrationBuilder migration)
    {
        migration.CreateTable(
            "ActivityExecutions",
            table => new
            {
                Id = table.Column<string>(),
                InstanceId = table.Column<string>(),
                NodeId = table.Column<string>(),
                ActivityId = table.Column<string>(),
                ActivityType = table.Column<string>(),
                ActivityVersion = table.Column<int>(),
                ActivityName = table.Column<string>(nullable: true),
                ParentId = table.Column<string>(nullable: true),
                ScheduledBy = table.Column<string>(nullable: true),
                Depth = table.Column<int>(),
                ExecutionOrder = table.Column<long>(),
                Status = table.Column<string>(),
                IsActive = table.Column<bool>(),
                Inputs = table.Column<string>(nullable: true),
                Outputs = table.Column<string>(nullable: true),
                Outcomes = table.Column<string>(nullable: true),
                Properties = table.Column<string>(nullable: true),
                DynamicVariables = table.Column<string>(nullable: true),
                Exception = table.Column<string>(nullable: true),
                FaultCount = table.Column<int>(),
                HasBookmarks = table.Column<bool>(),
                StartedAt = table.Column<long>(),
                CompletedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_ActivityExecutions", row => row.Id));
        migration.CreateIndex("IX_ActivityExecutions_Node", "ActivityExecutions", ["InstanceId", "NodeId"]);
        migration.CreateIndex("IX_ActivityExecutions_Active", "ActivityExecutions", "InstanceId", filter: "\"IsActive\" = 1");
    }

    private static void CreateBookmarks(MigrationBuilder migration)
    {
        migration.CreateTable(
            "Bookmarks",
            table => new
            {
                Id = table.Column<string>(),
                InstanceId = table.Column<string>(),
                ActivityInstanceId = table.Column<string>(),
                ActivityType = table.Column<string>(),
                Name = table.Column<string>(),
                Hash = table.Column<string>(),
                Payload = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(),
                DueAt = table.Column<long>(nullable: true),
                AwaitsJob = table.Column<bool>(),
                ResumedAt = table.Column<long>(nullable: true),
                ResumeInput = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Bookmarks", row => row.Id));
        migration.CreateIndex("IX_Bookmarks_Instance", "Bookmarks", "InstanceId");
        migration.CreateIndex("IX_Bookmarks_Hash", "Bookmarks", "Hash");
    }

    private static void CreateJobs(MigrationBuilder migration)
    {
        migration.CreateTable(
            "Jobs",
            table => new
            {
                Id = table.Column<string>(),
                InstanceId = table.Column<string>(),
                ExecutionOrder = table.Column<long>(),
                Kind = table.Column<string>(),
                State = table.Column<string>(),
                Attempt = table.Column<int>(),
                FirstAttempt = table.Column<int>(),
                MaxAttempts = table.Column<int>(),
                Backoff = table.Column<long>(),
                Timeout = table.Column<long>(nullable: true),
                DueAt = table.Column<long>(nullable: true),
                Fence = table.Column<long>(),
                Variables = table.Column<string>(nullable: true),
                Message = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(),
                StartedAt = table.Column<long>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Jobs", row => row.Id));
        migration.CreateIndex("IX_Jobs_State", "Jobs", ["InstanceId", "State"]);
        migration.CreateTable(
            "JobSteps",
            table => new
            {
                JobId = table.Column<string>(),
                Number = table.Column<int>(),
                Name = table.Column<string>(),
                Result = table.Column<string>(nullable: true),
                FinishedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_JobSteps", row => new { row.JobId, row.Number }));
    }

    private static void CreateJournal(MigrationBuilder migration)
    {
        migration.CreateTable(
            "Journal",
            table => new
            {
                InstanceId = table.Column<string>(),
                Sequence = table.Column<long>(),
                ActivityInstanceId = table.Column<string>(),
                Timestamp = table.Column<long>(),
                EventName = table.Column<string>(),
                Message = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Journal", row => new { row.InstanceId, row.Sequence }));
        migration.CreateTable(
            "Incidents",
            table => new
            {
                ActivityInstanceId = table.Column<string>(),
                InstanceId = table.Column<string>(),
                Message = table.Column<string>(),
                Exception = table.Column<string>(nullable: true),
                Timestamp = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Incidents", row => row.ActivityInstanceId));
        migration.CreateIndex("IX_Incidents_Instance", "Incidents", "InstanceId");
    }
}
