using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Recoup.Lakehouse.Threads;

/// <summary>
/// A thread for long work that nobody waits for, such as a build of gold: it gets less of the processor than payments and validation do, and keeps none
/// of the pool's threads. Tasks started on it and their continuations run on it one after another; threads that they start, DuckDB's among them,
/// inherit its priority.
/// </summary>
internal sealed class BackgroundThread : TaskScheduler, IDisposable
{
    private readonly Channel<Task> tasks = Channel.CreateUnbounded<Task>();
    private readonly Thread thread;

    public BackgroundThread()
    {
        thread = new Thread(Work) { IsBackground = true, Name = "lake background" };
        thread.Start();
    }

    public override int MaximumConcurrencyLevel => 1;

    public Task<T> RunAsync<T>(Func<Task<T>> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>The thread ends after what was started on it. A continuation that comes later runs in the pool.</summary>
    public void Dispose() => tasks.Writer.TryComplete();

    protected override void QueueTask(Task task)
    {
        if (!tasks.Writer.TryWrite(task))
        {
            ThreadPool.UnsafeQueueUserWorkItem(late => TryExecuteTask(late), task, preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Thread.CurrentThread == thread && TryExecuteTask(task);

    /// <summary>For debuggers only; a channel does not show what it holds.</summary>
    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    private void Work()
    {
        NicePriority.Lower();
        while (tasks.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (tasks.Reader.TryRead(out var task))
            {
                TryExecuteTask(task);
            }
        }
    }

    /// <summary>Linux knows a priority of each thread, which .NET's <see cref="Thread.Priority"/> does not set there.</summary>
    private static class NicePriority
    {
        private const int OfThread = 0;
        private const int CallingThread = 0;
        private const int Niceness = 5;

        /// <summary>A system that refuses it runs the thread like any other.</summary>
        public static void Lower()
        {
            if (OperatingSystem.IsLinux())
            {
                _ = SetPriority(OfThread, CallingThread, Niceness);
            }
            else
            {
                Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            }
        }

        [DllImport("libc", EntryPoint = "setpriority")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int SetPriority(int which, int who, int niceness);
    }
}
