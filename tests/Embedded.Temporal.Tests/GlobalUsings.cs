global using Temporalio.Api.Common.V1;
global using Temporalio.Api.Enums.V1;
global using Temporalio.Api.History.V1;
global using Duration = Google.Protobuf.WellKnownTypes.Duration;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
