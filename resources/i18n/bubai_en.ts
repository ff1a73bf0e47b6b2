<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>关于补白</source>
        <translation>About Bubai</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>许可</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>模型</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>补白 Bubai</source>
        <translation>Bubai</translation>
    </message>
    <message>
        <source>版本 {version}

离线的中文写作助手：在写作时填空、比较词语、说明理由。

它不打开任何网络连接，写下的文字不会离开这台电脑。

候选词来自一个小模型，所示概率不等于正确率，请自己判断。</source>
        <translation>Version {version}

An offline writing assistant for Chinese: it fills blanks while you write, compares words and shows why.

It opens no network connection; what you write does not leave this computer.

The candidates come from a small model. Its probabilities are not the chance of being right: judge for yourself.</translation>
    </message>
    <message>
        <source>没有找到这份文件。</source>
        <translation>This file was not found.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>遮</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>求填</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>新建(&amp;N)</source>
        <translation>&amp;New</translation>
    </message>
    <message>
        <source>打开(&amp;O)…</source>
        <translation>&amp;Open…</translation>
    </message>
    <message>
        <source>保存(&amp;S)</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>另存为(&amp;A)…</source>
        <translation>Save &amp;As…</translation>
    </message>
    <message>
        <source>退出(&amp;X)</source>
        <translation>E&amp;xit</translation>
    </message>
    <message>
        <source>撤销(&amp;U)</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>重做(&amp;R)</source>
        <translation>&amp;Redo</translation>
    </message>
    <message>
        <source>剪切(&amp;T)</source>
        <translation>Cu&amp;t</translation>
    </message>
    <message>
        <source>复制(&amp;C)</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>粘贴(&amp;P)</source>
        <translation>&amp;Paste</translation>
    </message>
    <message>
        <source>全选(&amp;A)</source>
        <translation>Select &amp;All</translation>
    </message>
    <message>
        <source>查找(&amp;F)…</source>
        <translation>&amp;Find…</translation>
    </message>
    <message>
        <source>替换(&amp;E)…</source>
        <translation>R&amp;eplace…</translation>
    </message>
    <message>
        <source>遮住选中的词(&amp;M)</source>
        <translation>&amp;Hide the Selected Word</translation>
    </message>
    <message>
        <source>求填(&amp;F)</source>
        <translation>&amp;Fill</translation>
    </message>
    <message>
        <source>下一空(&amp;N)</source>
        <translation>&amp;Next Blank</translation>
    </message>
    <message>
        <source>上一空(&amp;P)</source>
        <translation>&amp;Previous Blank</translation>
    </message>
    <message>
        <source>更多候选(&amp;O)</source>
        <translation>M&amp;ore Candidates</translation>
    </message>
    <message>
        <source>换个长度(&amp;L)</source>
        <translation>Other &amp;Length</translation>
    </message>
    <message>
        <source>取消求填(&amp;C)</source>
        <translation>&amp;Cancel</translation>
    </message>
    <message>
        <source>光标到空处自动求填(&amp;A)</source>
        <translation>Fill &amp;Automatically at a Blank</translation>
    </message>
    <message>
        <source>转到填空栏(&amp;G)</source>
        <translation>&amp;Go to the Fill Panel</translation>
    </message>
    <message>
        <source>显示右栏(&amp;R)</source>
        <translation>Show the &amp;Right Column</translation>
    </message>
    <message>
        <source>放大文字(&amp;I)</source>
        <translation>Zoom &amp;In</translation>
    </message>
    <message>
        <source>缩小文字(&amp;O)</source>
        <translation>Zoom &amp;Out</translation>
    </message>
    <message>
        <source>原来大小(&amp;Z)</source>
        <translation>Actual Si&amp;ze</translation>
    </message>
    <message>
        <source>我的记忆(&amp;M)…</source>
        <translation>My &amp;Memories…</translation>
    </message>
    <message>
        <source>模型(&amp;O)…</source>
        <translation>M&amp;odels…</translation>
    </message>
    <message>
        <source>离线自检(&amp;F)…</source>
        <translation>O&amp;ffline Self-Check…</translation>
    </message>
    <message>
        <source>诊断(&amp;D)…</source>
        <translation>&amp;Diagnostics…</translation>
    </message>
    <message>
        <source>设置(&amp;S)…</source>
        <translation>&amp;Settings…</translation>
    </message>
    <message>
        <source>浅色/深色</source>
        <translation>Light/Dark</translation>
    </message>
    <message>
        <source>中/EN</source>
        <translation>中/EN</translation>
    </message>
    <message>
        <source>使用手册(&amp;G)…</source>
        <translation>User &amp;Guide…</translation>
    </message>
    <message>
        <source>打开示例文档(&amp;E)</source>
        <translation>Open the &amp;Sample Document</translation>
    </message>
    <message>
        <source>快捷键(&amp;K)…</source>
        <translation>&amp;Keys…</translation>
    </message>
    <message>
        <source>模型说明(&amp;M)…</source>
        <translation>About the &amp;Model…</translation>
    </message>
    <message>
        <source>许可(&amp;L)…</source>
        <translation>&amp;Licences…</translation>
    </message>
    <message>
        <source>关于补白(&amp;A)…</source>
        <translation>&amp;About Bubai…</translation>
    </message>
    <message>
        <source>填入第 {n} 个候选</source>
        <translation>Fill in Candidate {n}</translation>
    </message>
    <message>
        <source>打开文本文件</source>
        <translation>Open a text file</translation>
    </message>
    <message>
        <source>保存文档</source>
        <translation>Save the document</translation>
    </message>
    <message>
        <source>查找文字</source>
        <translation>Find text</translation>
    </message>
    <message>
        <source>把选中的词变成空；没有选中时插入一个空</source>
        <translation>Turn the selected word into a blank; without a selection insert one</translation>
    </message>
    <message>
        <source>为光标所在的空求候选词</source>
        <translation>Find candidates for the blank at the caret</translation>
    </message>
    <message>
        <source>到下一个空</source>
        <translation>Go to the next blank</translation>
    </message>
    <message>
        <source>到上一个空</source>
        <translation>Go to the previous blank</translation>
    </message>
    <message>
        <source>放大文字</source>
        <translation>Larger text</translation>
    </message>
    <message>
        <source>缩小文字</source>
        <translation>Smaller text</translation>
    </message>
    <message>
        <source>在浅色和深色之间切换</source>
        <translation>Switch between light and dark</translation>
    </message>
    <message>
        <source>Switch to English</source>
        <translation>切换到中文</translation>
    </message>
    <message>
        <source>跟随系统</source>
        <translation>Like the System</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>高对比度</source>
        <translation>High Contrast</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>{n} 字</source>
        <translation>{n} Char.</translation>
    </message>
</context>
<context>
    <name>CandidateRow</name>
    <message>
        <source>来自语料记忆</source>
        <translation>From the phrase memory</translation>
    </message>
    <message>
        <source>来自我的语料</source>
        <translation>From my own texts</translation>
    </message>
    <message>
        <source>候选 {number}：{word}，{chance}，{confidence}</source>
        <translation>Candidate {number}: {word}, {chance}, {confidence}</translation>
    </message>
    <message>
        <source>单击或按 Alt+{number} 填入</source>
        <translation>Click or press Alt+{number} to fill it in</translation>
    </message>
    <message>
        <source>{around} ← {word}：文中 {count} 处</source>
        <translation>{around} ← {word}: {count}× in this text</translation>
    </message>
    <message>
        <source>{around} ← {word}：{count} 次（{name}）</source>
        <translation>{around} ← {word}: {count} times ({name})</translation>
    </message>
    <message>
        <source>{around} ← {word}：约 {count} 次</source>
        <translation>{around} ← {word}: about {count} times</translation>
    </message>
</context>
<context>
    <name>CandidateStrip</name>
    <message>
        <source>候选词</source>
        <translation>Candidates</translation>
    </message>
</context>
<context>
    <name>Cloze</name>
    <message>
        <source>每隔 n 词</source>
        <translation>Every n-th word</translation>
    </message>
    <message>
        <source>C-test（半词）</source>
        <translation>C-test (half words)</translation>
    </message>
    <message>
        <source>词性</source>
        <translation>Part of speech</translation>
    </message>
    <message>
        <source>词表</source>
        <translation>Word list</translation>
    </message>
    <message>
        <source>成语</source>
        <translation>Idioms</translation>
    </message>
    <message>
        <source>难度</source>
        <translation>Difficulty</translation>
    </message>
    <message>
        <source>自己选</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>填空</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>选择 A–D</source>
        <translation>Choice A–D</translation>
    </message>
    <message>
        <source>选词填空</source>
        <translation>Word bank</translation>
    </message>
    <message>
        <source>下拉</source>
        <translation>Drop-down</translation>
    </message>
    <message>
        <source>容易</source>
        <translation>Easy</translation>
    </message>
    <message>
        <source>中等</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>较难</source>
        <translation>Hard</translation>
    </message>
    <message>
        <source>常用词前 {rank} 位</source>
        <translation>Among the {rank} commonest words</translation>
    </message>
    <message>
        <source>不在常用 {rank} 词之内</source>
        <translation>Not among the {rank} commonest words</translation>
    </message>
    <message>
        <source>实词</source>
        <translation>Content words</translation>
    </message>
    <message>
        <source>虚词</source>
        <translation>Function words</translation>
    </message>
    <message>
        <source>名词</source>
        <translation>Nouns</translation>
    </message>
    <message>
        <source>动词</source>
        <translation>Verbs</translation>
    </message>
    <message>
        <source>形容词</source>
        <translation>Adjectives</translation>
    </message>
    <message>
        <source>副词</source>
        <translation>Adverbs</translation>
    </message>
    <message>
        <source>代词</source>
        <translation>Pronouns</translation>
    </message>
    <message>
        <source>量词</source>
        <translation>Measure words</translation>
    </message>
    <message>
        <source>连词</source>
        <translation>Conjunctions</translation>
    </message>
    <message>
        <source>介词</source>
        <translation>Prepositions</translation>
    </message>
    <message>
        <source>助词</source>
        <translation>Particles</translation>
    </message>
    <message>
        <source>音近</source>
        <translation>Sounds alike</translation>
    </message>
    <message>
        <source>形近</source>
        <translation>Looks alike</translation>
    </message>
    <message>
        <source>义近</source>
        <translation>Close in meaning</translation>
    </message>
    <message>
        <source>自拟</source>
        <translation>Your own</translation>
    </message>
    <message>
        <source>散文：选择 A–D</source>
        <translation>Essay: Choice A–D</translation>
    </message>
    <message>
        <source>古诗四首：填空</source>
        <translation>Four Poems: Fill In</translation>
    </message>
    <message>
        <source>成语：选词填空</source>
        <translation>Idioms: Word Bank</translation>
    </message>
</context>
<context>
    <name>ClozePanel</name>
    <message>
        <source>出题栏</source>
        <translation>Exercise panel</translation>
    </message>
    <message>
        <source>原文</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Exercise</translation>
    </message>
    <message>
        <source>撤销对练习的改动（Ctrl+Z）</source>
        <translation>Undo the last change to the exercise (Ctrl+Z)</translation>
    </message>
    <message>
        <source>撤销对练习的改动</source>
        <translation>Undo the last change to the exercise</translation>
    </message>
    <message>
        <source>怎样出题</source>
        <translation>How to make it</translation>
    </message>
    <message>
        <source>出题</source>
        <translation>Make</translation>
    </message>
    <message>
        <source>重排</source>
        <translation>Reshuffle</translation>
    </message>
    <message>
        <source>示例</source>
        <translation>Examples</translation>
    </message>
    <message>
        <source>打开一篇示例文字，并选好出题方式</source>
        <translation>Open a sample text and set the form for it</translation>
    </message>
    <message>
        <source>换一个种子，重新挖空和排列选项</source>
        <translation>Take another seed: new gaps, new order of options</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>模型在看…</source>
        <translation>The model is reading…</translation>
    </message>
    <message>
        <source>出题进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>显示答案</source>
        <translation>Show answers</translation>
    </message>
    <message>
        <source>选中处加空</source>
        <translation>Make selection a gap</translation>
    </message>
    <message>
        <source>在练习里选中一个词，按 Ctrl+M 也行</source>
        <translation>Select a word in the exercise; Ctrl+M does it too</translation>
    </message>
    <message>
        <source>点一个空，看它的答案和选项</source>
        <translation>Click a gap to see its answers and options</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>打印预览…</source>
        <translation>Print preview…</translation>
    </message>
    <message>
        <source>学生模式</source>
        <translation>Student mode</translation>
    </message>
    <message>
        <source>范围：选中的 {n} 字</source>
        <translation>Of the selection: {n} characters</translation>
    </message>
    <message>
        <source>范围：全文 {n} 字</source>
        <translation>Of the whole text: {n} characters</translation>
    </message>
    <message>
        <source>✓ 备选词只有一种填法</source>
        <translation>✓ Only one way to place the words</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>备选词还有别的填法：{others}</source>
        <translation>The words can be placed otherwise: {others}</translation>
    </message>
    <message>
        <source>{kind} · {n} 空</source>
        <translation>{kind} · {n} gaps</translation>
    </message>
    <message>
        <source>还没有空：在左边选中一个词，按“选中处加空”。</source>
        <translation>No gaps yet: select a word on the left and press “Make selection a gap”.</translation>
    </message>
    <message>
        <source>没有模型，未检查是否唯一。</source>
        <translation>No model: not checked for other answers.</translation>
    </message>
    <message>
        <source>全卷难度：模型平均猜中 {chance}</source>
        <translation>Whole sheet: the model finds {chance} on average</translation>
    </message>
    <message>
        <source>第 {numbers} 空有多个合理答案（最该看的在前）</source>
        <translation>Gaps with several good answers (the severest first): {numbers}</translation>
    </message>
    <message>
        <source>模型对第 {numbers} 空没有把握，请自己看是否唯一</source>
        <translation>The model is not sure about these gaps; see for yourself whether there is one answer: {numbers}</translation>
    </message>
    <message>
        <source>✓ 每一空模型都没有找到别的答案</source>
        <translation>✓ The model found no other answer to any gap</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Confidence</name>
    <message>
        <source>很有把握</source>
        <translation>sure</translation>
    </message>
    <message>
        <source>较可能</source>
        <translation>likely</translation>
    </message>
    <message>
        <source>仅供参考</source>
        <translation>a guess</translation>
    </message>
    <message>
        <source>模型概率，不等于正确率</source>
        <translation>The model&apos;s probability, not the chance of being right</translation>
    </message>
    <message>
        <source>一百名以外</source>
        <translation>rank over 100</translation>
    </message>
    <message>
        <source>第 {rank} 名</source>
        <translation>rank {rank}</translation>
    </message>
</context>
<context>
    <name>DiagnosisText</name>
    <message>
        <source>这台电脑的处理器没有 AVX2：补白照常能用，但填空和翻译会慢一些。嫌慢的话，可以关掉“光标到空处自动求填”。</source>
        <translation>This processor has no AVX2: everything works, but fills and translations take longer. If that is too slow, switch off “Fill automatically at the caret”.</translation>
    </message>
    <message>
        <source>1. 打开“资源监视器”的“网络”页，找到 Bubai（PID {pid}）：没有它的 TCP 连接。</source>
        <translation>1. Open the Network page of Resource Monitor and look for Bubai (PID {pid}): it has no TCP connection.</translation>
    </message>
    <message>
        <source>2. 在“高级安全 Windows Defender 防火墙”里新建出站规则，阻止 Bubai.exe：补白的功能一样不少。</source>
        <translation>2. Add an outbound rule that blocks Bubai.exe in Windows Defender Firewall with Advanced Security: nothing stops working.</translation>
    </message>
    <message>
        <source>1. 在“终端”里运行 lsof -a -i -p {pid}：没有任何一行。</source>
        <translation>1. Run lsof -a -i -p {pid} in Terminal: it prints no line.</translation>
    </message>
    <message>
        <source>2. 断开网络再打开补白：功能一样不少。</source>
        <translation>2. Disconnect from the network and start Bubai: nothing stops working.</translation>
    </message>
    <message>
        <source>1. 在终端里运行 ss -tuap | grep pid={pid}：没有任何一行。</source>
        <translation>1. Run ss -tuap | grep pid={pid} in a terminal: it prints no line.</translation>
    </message>
    <message>
        <source>2. 用 unshare -rn 在没有网络的环境里打开补白：功能一样不少。</source>
        <translation>2. Start Bubai without any network by unshare -rn: nothing stops working.</translation>
    </message>
    <message>
        <source>3. 拔掉网线、关掉无线网络：补白看不出任何区别。</source>
        <translation>3. Pull the cable and switch off the wireless network: Bubai will not notice.</translation>
    </message>
    <message>
        <source>补白 {version}</source>
        <translation>Bubai {version}</translation>
    </message>
    <message>
        <source>指令集未知</source>
        <translation>instruction sets unknown</translation>
    </message>
    <message>
        <source>处理器：{name}（{features}）</source>
        <translation>Processor: {name} ({features})</translation>
    </message>
    <message>
        <source>内存：{mb} MB，线程：{n}</source>
        <translation>Memory: {mb} MB, threads: {n}</translation>
    </message>
    <message>
        <source>{task}：{n} 次，一半在 {p50} 毫秒内，95% 在 {p95} 毫秒内</source>
        <translation>{task}: {n} times, half within {p50} ms, 95% within {p95} ms</translation>
    </message>
    <message>
        <source>填空缓存：{asked} 次里命中 {hits} 次（{share}）</source>
        <translation>Fills known already: {hits} of {asked} ({share})</translation>
    </message>
    <message>
        <source>这次打开以来还没有做过任何事。</source>
        <translation>Nothing has been done since Bubai was opened.</translation>
    </message>
    <message>
        <source>使用中</source>
        <translation>in use</translation>
    </message>
    <message>
        <source>备用</source>
        <translation>spare</translation>
    </message>
    <message>
        <source>没有模型。</source>
        <translation>There is no model.</translation>
    </message>
    <message>
        <source>加载填空模型</source>
        <translation>Loading the fill model</translation>
    </message>
    <message>
        <source>填空（光标处）</source>
        <translation>Fill at the caret</translation>
    </message>
    <message>
        <source>填空（全部）</source>
        <translation>Fill of all blanks</translation>
    </message>
    <message>
        <source>试填自己的词</source>
        <translation>Scoring your own word</translation>
    </message>
    <message>
        <source>解释</source>
        <translation>Explanation</translation>
    </message>
    <message>
        <source>出题</source>
        <translation>Exercises</translation>
    </message>
    <message>
        <source>换用记忆</source>
        <translation>Switching memories</translation>
    </message>
    <message>
        <source>情感</source>
        <translation>Sentiment</translation>
    </message>
    <message>
        <source>情感的理由</source>
        <translation>Reasons for a sentiment</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>校对</source>
        <translation>Proof-reading</translation>
    </message>
    <message>
        <source>译文</source>
        <translation>Translation</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>离线自检和诊断</source>
        <translation>Offline self-check and diagnostics</translation>
    </message>
    <message>
        <source>诊断</source>
        <translation>Diagnostics</translation>
    </message>
    <message>
        <source>离线自检</source>
        <translation>Offline self-check</translation>
    </message>
    <message>
        <source>复制(&amp;C)</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>复制这些数字；里面没有您写的文字</source>
        <translation>Copy these figures; your text is not among them</translation>
    </message>
    <message>
        <source>网络连接</source>
        <translation>Connections</translation>
    </message>
    <message>
        <source>网络组件</source>
        <translation>Network parts</translation>
    </message>
    <message>
        <source>模型文件</source>
        <translation>Model files</translation>
    </message>
    <message>
        <source>补白不打开任何网络连接，写下的文字不会离开这台电脑。下面是这个进程此刻的实况。</source>
        <translation>Bubai opens no network connection; what you write does not leave this computer. Below is what this process does right now.</translation>
    </message>
    <message>
        <source>如何用防火墙自己验证</source>
        <translation>How to see for yourself with a firewall</translation>
    </message>
    <message>
        <source>{mark} 这个系统不让程序自己查；请按下面的办法查看。</source>
        <translation>{mark} This system lets no program look; see for yourself as described below.</translation>
    </message>
    <message>
        <source>{mark} 打开的连接：0</source>
        <translation>{mark} Open connections: 0</translation>
    </message>
    <message>
        <source>{mark} 打开的连接：{n}</source>
        <translation>{mark} Open connections: {n}</translation>
    </message>
    <message>
        <source>{mark} 载入了 {names}；载入不等于联网，连接数见上</source>
        <translation>{mark} Loaded: {names}. Loaded does not mean connected: the connections are above</translation>
    </message>
    <message>
        <source>{mark} 没有载入任何能联网的模块或程序库</source>
        <translation>{mark} Nothing is loaded that could open a connection</translation>
    </message>
</context>
<context>
    <name>DocumentController</name>
    <message>
        <source>未命名</source>
        <translation>Untitled</translation>
    </message>
    <message>
        <source>练习 (*.bubai)</source>
        <translation>Exercises (*.bubai)</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>另存为</source>
        <translation>Save as</translation>
    </message>
    <message>
        <source>文本文件 (*.txt *.md *.markdown)</source>
        <translation>Text files (*.txt *.md *.markdown)</translation>
    </message>
    <message>
        <source>所有文件 (*)</source>
        <translation>All files (*)</translation>
    </message>
</context>
<context>
    <name>ExerciseFiles</name>
    <message>
        <source>练习 (*.bubai);;导出的网页练习 (*.html *.htm)</source>
        <translation>Exercises (*.bubai);;Exported web pages (*.html *.htm)</translation>
    </message>
    <message>
        <source>打开练习</source>
        <translation>Open an exercise</translation>
    </message>
    <message>
        <source>保存练习</source>
        <translation>Save the exercise</translation>
    </message>
    <message>
        <source>练习 (*.bubai)</source>
        <translation>Exercises (*.bubai)</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>exercise</translation>
    </message>
</context>
<context>
    <name>ExplainView</name>
    <message>
        <source>逐字遮住上下文，看每个字怎样改变这个词的概率</source>
        <translation>Hides the context character by character to see how each changes the word&apos;s probability</translation>
    </message>
    <message>
        <source>解释哪个词</source>
        <translation>Which word to explain</translation>
    </message>
    <message>
        <source>几个候选词的比较：＋ 支持，− 反对（遮住该字后 ln 概率的变化）</source>
        <translation>The candidates compared: + for, − against (change of ln probability when the character is hidden)</translation>
    </message>
    <message>
        <source>候选词与上下文各字的比较</source>
        <translation>Candidates compared by the characters of the context</translation>
    </message>
    <message>
        <source>正在分析…</source>
        <translation>Working…</translation>
    </message>
    <message>
        <source>为什么？</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>上下文对“{word}”的作用</source>
        <translation>What the context does to “{word}”</translation>
    </message>
    <message>
        <source>最支持“{word}”的字：{characters}。</source>
        <translation>Most for “{word}”: {characters}.</translation>
    </message>
    <message>
        <source>最不支持的字：{characters}。</source>
        <translation>Most against: {characters}.</translation>
    </message>
    <message>
        <source>没有哪个字单独起作用。</source>
        <translation>No single character makes a difference.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>导出练习</source>
        <translation>Export the exercise</translation>
    </message>
    <message>
        <source>练习文件（可再编辑）</source>
        <translation>Exercise file (to edit again)</translation>
    </message>
    <message>
        <source>A、B 两卷（选项和备选词的次序不同）</source>
        <translation>Papers A and B (other orders of options)</translation>
    </message>
    <message>
        <source>答案页（Word 和 PDF）</source>
        <translation>Page of answers (Word and PDF)</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>选择文件夹</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>文件名</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>导出结果</source>
        <translation>What was exported</translation>
    </message>
    <message>
        <source>勾选格式，按“导出”。</source>
        <translation>Tick the formats and press Export.</translation>
    </message>
    <message>
        <source>打开所在文件夹</source>
        <translation>Open the folder</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Formats</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>写好 {n} 个文件，{m} 个没有写成。</source>
        <translation>{n} files written, {m} failed.</translation>
    </message>
    <message>
        <source>导出到文件夹</source>
        <translation>Export to a folder</translation>
    </message>
</context>
<context>
    <name>FillPanel</name>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>{n} 字</source>
        <translation>{n} char.</translation>
    </message>
    <message>
        <source>长度</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>空的长度</source>
        <translation>Length of the blank</translation>
    </message>
    <message>
        <source>一个空填几个字；“自动”让一到四个字的词一起比较</source>
        <translation>How many characters a blank takes; “Automatic” lets words of one to four compete</translation>
    </message>
    <message>
        <source>重新求填（Ctrl+Enter）</source>
        <translation>Fill again (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>重新求填</source>
        <translation>Fill again</translation>
    </message>
    <message>
        <source>复制候选词</source>
        <translation>Copy the candidates</translation>
    </message>
    <message>
        <source>此处没有把握，换个长度？</source>
        <translation>Not sure here. Try another length?</translation>
    </message>
    <message>
        <source>填空栏</source>
        <translation>Fill panel</translation>
    </message>
    <message>
        <source>选中“{word}”</source>
        <translation>Selected “{word}”</translation>
    </message>
    <message>
        <source>第 {n} 空 / 共 {m} 空</source>
        <translation>Blank {n} of {m}</translation>
    </message>
    <message>
        <source>填空</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>选中一个词按 Ctrl+M，或输入 [MASK]。</source>
        <translation>Select a word and press Ctrl+M, or type [MASK].</translation>
    </message>
    <message>
        <source>把光标移到一个空里，或按 Alt+↓ 到下一空。</source>
        <translation>Put the caret into a blank, or press Alt+↓ for the next one.</translation>
    </message>
    <message>
        <source>正在求填…</source>
        <translation>Filling…</translation>
    </message>
    <message>
        <source>按 Ctrl+Enter 求填。</source>
        <translation>Press Ctrl+Enter to fill.</translation>
    </message>
    <message>
        <source>模型加载中，好了就填。</source>
        <translation>The model is loading; the fill comes when it is ready.</translation>
    </message>
    <message>
        <source>未找到可用的模型，编辑和保存不受影响。</source>
        <translation>No usable model was found. You can still edit and save.</translation>
    </message>
    <message>
        <source>已取消。按 Ctrl+Enter 重新求填。</source>
        <translation>Cancelled. Press Ctrl+Enter to fill again.</translation>
    </message>
    <message>
        <source>没有填出来，原因见上方消息。</source>
        <translation>This could not be filled; the message above says why.</translation>
    </message>
    <message>
        <source>载入示例</source>
        <translation>Load the sample</translation>
    </message>
    <message>
        <source>重新加载模型</source>
        <translation>Load the model again</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>正则表达式不对</source>
        <translation>Wrong regular expression</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>第 {n} 处 / 共 {m} 处</source>
        <translation>{n} of {m}</translation>
    </message>
    <message>
        <source>共 {m} 处</source>
        <translation>{m} found</translation>
    </message>
    <message>
        <source>替换了 {n} 处</source>
        <translation>{n} replaced</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>查找的文字</source>
        <translation>Text to find</translation>
    </message>
    <message>
        <source>替换为</source>
        <translation>Replace with</translation>
    </message>
    <message>
        <source>替换成的文字</source>
        <translation>Text to put in its place</translation>
    </message>
    <message>
        <source>上一处</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一处</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>替换</source>
        <translation>Replace</translation>
    </message>
    <message>
        <source>全部替换</source>
        <translation>Replace all</translation>
    </message>
    <message>
        <source>正则表达式</source>
        <translation>Regex</translation>
    </message>
    <message>
        <source>区分大小写</source>
        <translation>Match case</translation>
    </message>
    <message>
        <source>不分全角半角</source>
        <translation>Any width</translation>
    </message>
    <message>
        <source>关闭查找</source>
        <translation>Close the find bar</translation>
    </message>
</context>
<context>
    <name>GapCard</name>
    <message>
        <source>上一空</source>
        <translation>Previous gap</translation>
    </message>
    <message>
        <source>下一空</source>
        <translation>Next gap</translation>
    </message>
    <message>
        <source>去掉此空</source>
        <translation>Remove gap</translation>
    </message>
    <message>
        <source>换个位置</source>
        <translation>Move it</translation>
    </message>
    <message>
        <source>加提示</source>
        <translation>Add a hint</translation>
    </message>
    <message>
        <source>接受</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>也算对的词</source>
        <translation>a word that is right too</translation>
    </message>
    <message>
        <source>另加</source>
        <translation>Also</translation>
    </message>
    <message>
        <source>另加一个可接受的答案</source>
        <translation>Another acceptable answer</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Hint</translation>
    </message>
    <message>
        <source>给学生看的提示，可不填</source>
        <translation>shown to students; may stay empty</translation>
    </message>
    <message>
        <source>此空的提示</source>
        <translation>Hint of this gap</translation>
    </message>
    <message>
        <source>第 {n} 空 / 共 {m} 空：{word}</source>
        <translation>Gap {n} of {m}: {word}</translation>
    </message>
    <message>
        <source>提示里有答案“{word}”</source>
        <translation>The hint gives the answer away: “{word}”</translation>
    </message>
    <message>
        <source>难度：未评估</source>
        <translation>Difficulty: not judged</translation>
    </message>
    <message>
        <source>难度：{band} · 模型猜中的把握 {chance} · 熵 {bits} 比特</source>
        <translation>Difficulty: {band} · model finds it with {chance} · entropy {bits} bits</translation>
    </message>
    <message>
        <source>模型对此空没有把握：请自己看答案是否唯一</source>
        <translation>The model is not sure about this gap: see for yourself whether there is one answer</translation>
    </message>
    <message>
        <source>模型没有找到别的答案</source>
        <translation>The model found no other answer</translation>
    </message>
    <message>
        <source>也算对</source>
        <translation>is right too</translation>
    </message>
    <message>
        <source>不接受</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>不再接受“{word}”</source>
        <translation>No longer accept “{word}”</translation>
    </message>
    <message>
        <source>此空有多个合理答案</source>
        <translation>This gap has several good answers</translation>
    </message>
    <message>
        <source>接受为答案</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>把“{word}”接受为答案</source>
        <translation>Accept “{word}” as an answer</translation>
    </message>
    <message>
        <source>选项</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>✓ 答案</source>
        <translation>✓ answer</translation>
    </message>
    <message>
        <source>换一个</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>换掉选项“{word}”</source>
        <translation>Swap the option “{word}”</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>使用手册</source>
        <translation>User guide</translation>
    </message>
    <message>
        <source>没有找到使用手册。</source>
        <translation>The user guide was not found.</translation>
    </message>
    <message>
        <source>目录</source>
        <translation>Contents</translation>
    </message>
</context>
<context>
    <name>IgnoredWordsDialog</name>
    <message>
        <source>忽略的词</source>
        <translation>Ignored words</translation>
    </message>
    <message>
        <source>校对时不再提示这些词。</source>
        <translation>Proof-reading leaves these words alone.</translation>
    </message>
    <message>
        <source>重新提示</source>
        <translation>Look at it again</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>ItemChart</name>
    <message>
        <source>各空得分率图</source>
        <translation>Chart of the facility of every gap</translation>
    </message>
</context>
<context>
    <name>ItemReportView</name>
    <message>
        <source>成绩分析 — {name}</source>
        <translation>Class report — {name}</translation>
    </message>
    <message>
        <source>打开答卷…</source>
        <translation>Open answers…</translation>
    </message>
    <message>
        <source>选择这份练习的答卷：学生模式保存的 json，或一人一行的 csv、tsv 表格。</source>
        <translation>Choose the answers to this exercise: json files from student mode, or csv and tsv tables with a row for each student.</translation>
    </message>
    <message>
        <source>逐空统计</source>
        <translation>Gaps</translation>
    </message>
    <message>
        <source>学生成绩</source>
        <translation>Students</translation>
    </message>
    <message>
        <source>复制表格</source>
        <translation>Copy tables</translation>
    </message>
    <message>
        <source>导出 CSV…</source>
        <translation>Export CSV…</translation>
    </message>
    <message>
        <source>打开答卷</source>
        <translation>Open answers</translation>
    </message>
    <message>
        <source>答卷 (*.json *.csv *.tsv);;所有文件 (*)</source>
        <translation>Answers (*.json *.csv *.tsv);;All files (*)</translation>
    </message>
    <message>
        <source>{n} 份答卷</source>
        <translation>{n} answer sheets</translation>
    </message>
    <message>
        <source>得分率：全班平均得到几成；区分度：前 27% 减后 27%，低于 0.2 的题宜改；</source>
        <translation>Facility: the mean score of the class; discrimination: top 27% minus bottom 27%, revise gaps below 0.2; </translation>
    </message>
    <message>
        <source>模型认为也说得通，请老师看看要不要接受。</source>
        <translation>the model finds it acceptable: decide whether to accept it.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>导出 CSV</source>
        <translation>Export CSV</translation>
    </message>
    <message>
        <source>成绩分析.csv</source>
        <translation>class-report.csv</translation>
    </message>
    <message>
        <source>已保存：{name}</source>
        <translation>Saved: {name}</translation>
    </message>
</context>
<context>
    <name>JobLine</name>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>JointList</name>
    <message>
        <source>各空一起填</source>
        <translation>All blanks together</translation>
    </message>
    <message>
        <source>本段相邻各空互相照应的填法，一步全部填入，可一步撤销</source>
        <translation>Fills of neighbouring blanks that agree with each other; put in, and undone, in one step</translation>
    </message>
</context>
<context>
    <name>LabelDelegate</name>
    <message>
        <source>标签的新名字</source>
        <translation>New name of the label</translation>
    </message>
</context>
<context>
    <name>LabelList</name>
    <message>
        <source>标签和各自的概率</source>
        <translation>Labels and their probabilities</translation>
    </message>
</context>
<context>
    <name>LabelSetBar</name>
    <message>
        <source>标签集</source>
        <translation>Set</translation>
    </message>
    <message>
        <source>管理 ▾</source>
        <translation>Manage ▾</translation>
    </message>
    <message>
        <source>管理标签集</source>
        <translation>Manage the label sets</translation>
    </message>
    <message>
        <source>另存为(&amp;S)…</source>
        <translation>&amp;Save As…</translation>
    </message>
    <message>
        <source>改名(&amp;R)…</source>
        <translation>&amp;Rename…</translation>
    </message>
    <message>
        <source>删除(&amp;D)…</source>
        <translation>&amp;Delete…</translation>
    </message>
    <message>
        <source>导入(&amp;I)…</source>
        <translation>&amp;Import…</translation>
    </message>
    <message>
        <source>导出(&amp;E)…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>（未存的标签）</source>
        <translation>(labels not saved)</translation>
    </message>
    <message>
        <source>{name}（有改动）</source>
        <translation>{name} (changed)</translation>
    </message>
</context>
<context>
    <name>LabelSets</name>
    <message>
        <source>标签集的名字：</source>
        <translation>Name of the label set:</translation>
    </message>
    <message>
        <source>已经有“{name}”，用现在的标签换掉它吗？</source>
        <translation>There is a set “{name}”. Replace it with the labels in hand?</translation>
    </message>
    <message>
        <source>换掉</source>
        <translation>Replace</translation>
    </message>
    <message>
        <source>删除标签集“{name}”吗？</source>
        <translation>Delete the label set “{name}”?</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>导入标签集</source>
        <translation>Import a label set</translation>
    </message>
    <message>
        <source>导出标签集</source>
        <translation>Export the label set</translation>
    </message>
    <message>
        <source>标签集 (*.json)</source>
        <translation>Label sets (*.json)</translation>
    </message>
    <message>
        <source>标签集</source>
        <translation>Label sets</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>另存标签集</source>
        <translation>Save the label set as</translation>
    </message>
    <message>
        <source>标签集改名</source>
        <translation>Rename the label set</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>labels</translation>
    </message>
</context>
<context>
    <name>LabelsController</name>
    <message>
        <source>先建标签：新闻、散文、说明文……随你怎么叫。</source>
        <translation>First make labels: any Chinese words, such as those for news, essay, exposition…</translation>
    </message>
    <message>
        <source>用示例标签</source>
        <translation>Use sample labels</translation>
    </message>
</context>
<context>
    <name>LabelsPanel</name>
    <message>
        <source>标签栏</source>
        <translation>Labels panel</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>写标签，回车加入；几个之间用顿号</source>
        <translation>Type labels, Enter adds them; 、 between several</translation>
    </message>
    <message>
        <source>要加的标签</source>
        <translation>Labels to add</translation>
    </message>
    <message>
        <source>加入</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>改名</source>
        <translation>Rename</translation>
    </message>
    <message>
        <source>改选中标签的名字（F2）</source>
        <translation>Rename the selected label (F2)</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>去掉选中的标签（Delete）</source>
        <translation>Remove the selected label (Delete)</translation>
    </message>
    <message>
        <source>可同时符合几个</source>
        <translation>Several may fit</translation>
    </message>
    <message>
        <source>不勾：各标签的概率合起来是 1；勾上：每个标签单独判断</source>
        <translation>Off: the probabilities add up to 1. On: each label is judged for itself</translation>
    </message>
    <message>
        <source>模板</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>放标签的句子</source>
        <translation>Sentence that holds the label</translation>
    </message>
    <message>
        <source>模型判断这句话能不能从文字里推出来；{} 是放标签的地方。
句中有“情感”“语气”“态度”这样的词时，文字的褒贬也算进去</source>
        <translation>The model judges whether this sentence follows from the text; {} is where the label goes.
Where its words ask for a feeling, a tone or an attitude, how the text judges has a say</translation>
    </message>
    <message>
        <source>复原</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>用通用的模板</source>
        <translation>Use the general template</translation>
    </message>
    <message>
        <source>文字较长，只读了开头一部分。可改为分析选中的一段。</source>
        <translation>The text is long: only its beginning was read. You can analyse a selected passage instead.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>填空</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>右栏</source>
        <translation>Right column</translation>
    </message>
    <message>
        <source>编辑区</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>在这里写。用 [MASK] 标出要填的地方，或选中一个词按 Ctrl+M。</source>
        <translation>Write here. Mark what is to be filled with [MASK], or select a word and press Ctrl+M.</translation>
    </message>
    <message>
        <source>补白 — {name}[*]</source>
        <translation>Bubai — {name}[*]</translation>
    </message>
</context>
<context>
    <name>MemoriesDialog</name>
    <message>
        <source>我的记忆</source>
        <translation>My memories</translation>
    </message>
    <message>
        <source>用于这份文档</source>
        <translation>Used for this document</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>字数</source>
        <translation>Characters</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>新建(&amp;N)…</source>
        <translation>&amp;New…</translation>
    </message>
    <message>
        <source>加入文件(&amp;F)…</source>
        <translation>Add &amp;files…</translation>
    </message>
    <message>
        <source>加入文件夹(&amp;D)…</source>
        <translation>Add fol&amp;der…</translation>
    </message>
    <message>
        <source>删除(&amp;R)…</source>
        <translation>&amp;Remove…</translation>
    </message>
    <message>
        <source>把自己的文章、课本读进记忆，填空时就认得里面的词。只留下不超过 5 个字的片段和次数，存在这台电脑上；删除后不留痕迹。</source>
        <translation>Read your own texts or textbooks into a memory, and fills will know their words. Only pieces of up to 5 characters and their counts are kept, on this computer; removing a memory leaves no trace.</translation>
    </message>
    <message>
        <source>新建记忆</source>
        <translation>New memory</translation>
    </message>
    <message>
        <source>名字：</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>文字文件 (*.txt *.md *.markdown *.docx)</source>
        <translation>Text files (*.txt *.md *.markdown *.docx)</translation>
    </message>
    <message>
        <source>加入文件</source>
        <translation>Add files</translation>
    </message>
    <message>
        <source>加入文件夹</source>
        <translation>Add folder</translation>
    </message>
    <message>
        <source>删除记忆</source>
        <translation>Remove memory</translation>
    </message>
    <message>
        <source>要删除记忆“{name}”吗？原来的文件不受影响。</source>
        <translation>Remove the memory “{name}”? Your own files are not touched.</translation>
    </message>
    <message>
        <source>新建了“{name}”，现在可以加入文件。</source>
        <translation>“{name}” is there; now add files to it.</translation>
    </message>
    <message>
        <source>“{name}”现在记着 {n} 个文件、{m} 个字。</source>
        <translation>“{name}” now holds: files {n}, characters {m}.</translation>
    </message>
    <message>
        <source>有 {n} 个文件没有读出来：</source>
        <translation>Files that could not be read: {n}</translation>
    </message>
    <message>
        <source>删除了“{name}”。</source>
        <translation>“{name}” is removed.</translation>
    </message>
    <message>
        <source>已取消，记忆和原来一样。</source>
        <translation>Cancelled; the memory is as it was.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>工具栏</source>
        <translation>Toolbar</translation>
    </message>
    <message>
        <source>文件(&amp;F)</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>最近的文件(&amp;R)</source>
        <translation>&amp;Recent Files</translation>
    </message>
    <message>
        <source>编辑(&amp;E)</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <source>填空(&amp;B)</source>
        <translation>Fill &amp;Blanks</translation>
    </message>
    <message>
        <source>填入(&amp;I)</source>
        <translation>Fill &amp;In</translation>
    </message>
    <message>
        <source>空的长度(&amp;G)</source>
        <translation>Len&amp;gth</translation>
    </message>
    <message>
        <source>分析(&amp;A)</source>
        <translation>&amp;Analysis</translation>
    </message>
    <message>
        <source>视图(&amp;V)</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>外观(&amp;T)</source>
        <translation>&amp;Theme</translation>
    </message>
    <message>
        <source>语言 Language(&amp;L)</source>
        <translation>&amp;Language</translation>
    </message>
    <message>
        <source>工具(&amp;T)</source>
        <translation>&amp;Tools</translation>
    </message>
    <message>
        <source>帮助(&amp;H)</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>（没有）</source>
        <translation>(None)</translation>
    </message>
    <message>
        <source>清除记录(&amp;C)</source>
        <translation>&amp;Clear the List</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>复制详情</source>
        <translation>Copy details</translation>
    </message>
    <message>
        <source>关闭这条消息</source>
        <translation>Close this message</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>，</source>
        <translation>; </translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>三十句验收（知道字数）</source>
        <translation>Thirty acceptance sentences, length known</translation>
    </message>
    <message>
        <source>三十句验收（不知道字数）</source>
        <translation>Thirty acceptance sentences, length unknown</translation>
    </message>
    <message>
        <source>童话，缺一个字（CFT）</source>
        <translation>Tales, one character missing (CFT)</translation>
    </message>
    <message>
        <source>童话，缺一个词，知道字数（CFT）</source>
        <translation>Tales, one word missing, length known (CFT)</translation>
    </message>
    <message>
        <source>童话，缺一个词，不知道字数（CFT）</source>
        <translation>Tales, one word missing, length unknown (CFT)</translation>
    </message>
    <message>
        <source>童话，缺词或缺字，不知道字数（CFT）</source>
        <translation>children’s stories, a word or a character, length unknown (CFT)</translation>
    </message>
    <message>
        <source>完形填空，不知道字数（CFT、CMRC 2017）</source>
        <translation>Cloze questions, length unknown (CFT, CMRC 2017)</translation>
    </message>
    <message>
        <source>评论（ChnSentiCorp）</source>
        <translation>Reviews (ChnSentiCorp)</translation>
    </message>
    <message>
        <source>网购评价（EPRSTMT）</source>
        <translation>Shop reviews (EPRSTMT)</translation>
    </message>
    <message>
        <source>前后两句的关系（OCNLI）</source>
        <translation>Whether one sentence follows from another (OCNLI)</translation>
    </message>
    <message>
        <source>新闻标题分类（TNEWS）</source>
        <translation>News headlines by subject (TNEWS)</translation>
    </message>
    <message>
        <source>句子主题（SIB-200）</source>
        <translation>Sentences by topic (SIB-200)</translation>
    </message>
    <message>
        <source>微博情绪（SMP2020）</source>
        <translation>Emotions in microblogs (SMP2020)</translation>
    </message>
    <message>
        <source>微博的正面、中性、负面（SMP2020）</source>
        <translation>Microblogs: positive, neutral, negative (SMP2020)</translation>
    </message>
    <message>
        <source>写作中的句子，做模型时看过的</source>
        <translation>Sentences as people write them, seen while the model was made</translation>
    </message>
    <message>
        <source>写作中的句子，没看过的</source>
        <translation>Sentences as people write them, not seen</translation>
    </message>
    <message>
        <source>论文学科（CSLDCP）</source>
        <translation>Papers by discipline (CSLDCP)</translation>
    </message>
    <message>
        <source>应用描述分类（IFLYTEK）</source>
        <translation>App descriptions by kind (IFLYTEK)</translation>
    </message>
    <message>
        <source>演讲（IWSLT 2017）</source>
        <translation>Talks (IWSLT 2017)</translation>
    </message>
    <message>
        <source>电影对白（MSCTD）</source>
        <translation>Film dialogue (MSCTD)</translation>
    </message>
    <message>
        <source>新闻（WMT 2017）</source>
        <translation>News (WMT 2017)</translation>
    </message>
    <message>
        <source>医疗（TICO-19）</source>
        <translation>Medicine (TICO-19)</translation>
    </message>
    <message>
        <source>准确率</source>
        <translation>Accuracy</translation>
    </message>
    <message>
        <source>准确率（FP32）</source>
        <translation>Accuracy (FP32)</translation>
    </message>
    <message>
        <source>网址和代码保留</source>
        <translation>addresses and code kept</translation>
    </message>
    <message>
        <source>译得差的</source>
        <translation>badly translated</translation>
    </message>
    <message>
        <source>算译得差的 chrF 界限</source>
        <translation>chrF below which it counts as bad</translation>
    </message>
    <message>
        <source>更好</source>
        <translation>better</translation>
    </message>
    <message>
        <source>空数</source>
        <translation>blanks</translation>
    </message>
    <message>
        <source>把握的误差</source>
        <translation>calibration error</translation>
    </message>
    <message>
        <source>判为中性</source>
        <translation>called neutral</translation>
    </message>
    <message>
        <source>古诗四选一（CCPM）</source>
        <translation>classical verse, one of four (CCPM)</translation>
    </message>
    <message>
        <source>成语七选一（ChID）</source>
        <translation>idioms, one of seven (ChID)</translation>
    </message>
    <message>
        <source>成语七选一，互相比较（ChID）</source>
        <translation>idioms, one of seven, weighed against each other (ChID)</translation>
    </message>
    <message>
        <source>标出的 chrF</source>
        <translation>chrF of those marked</translation>
    </message>
    <message>
        <source>没标出的 chrF</source>
        <translation>chrF of those not marked</translation>
    </message>
    <message>
        <source>无错的字数</source>
        <translation>correct characters</translation>
    </message>
    <message>
        <source>前五个里相同的</source>
        <translation>same among the best five</translation>
    </message>
    <message>
        <source>标出没有把握的译文</source>
        <translation>Marking doubtful translations</translation>
    </message>
    <message>
        <source>错字数</source>
        <translation>wrong characters</translation>
    </message>
    <message>
        <source>第一个建议就改对</source>
        <translation>corrected by the first suggestion</translation>
    </message>
    <message>
        <source>找到的错字</source>
        <translation>wrong characters found</translation>
    </message>
    <message>
        <source>每千字误报</source>
        <translation>false alarms per 1,000 characters</translation>
    </message>
    <message>
        <source>译文质量（FP32）</source>
        <translation>Translation quality (FP32)</translation>
    </message>
    <message>
        <source>导出前后 ln p 最大相差</source>
        <translation>largest difference of ln p after export</translation>
    </message>
    <message>
        <source>与导出前译文相同</source>
        <translation>same translation as before export</translation>
    </message>
    <message>
        <source>快</source>
        <translation>fast</translation>
    </message>
    <message>
        <source>首选正确</source>
        <translation>first choice right</translation>
    </message>
    <message>
        <source>前五个里有正确的</source>
        <translation>right one among the first five</translation>
    </message>
    <message>
        <source>译文质量</source>
        <translation>Translation quality</translation>
    </message>
    <message>
        <source>压缩前后（INT8 与 FP32）</source>
        <translation>Before and after compression (INT8 and FP32)</translation>
    </message>
    <message>
        <source>压缩损失的 BLEU</source>
        <translation>BLEU lost by compression</translation>
    </message>
    <message>
        <source>原样保留</source>
        <translation>Kept as they are</translation>
    </message>
    <message>
        <source>标签数</source>
        <translation>labels</translation>
    </message>
    <message>
        <source>前五个的 ln p 最大相差</source>
        <translation>largest difference of ln p of the best five</translation>
    </message>
    <message>
        <source>线性模型（对照）</source>
        <translation>a linear model, to compare</translation>
    </message>
    <message>
        <source>译文打转的句子</source>
        <translation>Translations that go round in circles</translation>
    </message>
    <message>
        <source>标出的</source>
        <translation>marked</translation>
    </message>
    <message>
        <source>准确率平均损失</source>
        <translation>accuracy lost on average</translation>
    </message>
    <message>
        <source>正确字的平均 ln p（FP32）</source>
        <translation>mean ln p of the right character (FP32)</translation>
    </message>
    <message>
        <source>正确字的平均 ln p（INT8）</source>
        <translation>mean ln p of the right character (INT8)</translation>
    </message>
    <message>
        <source>准确率最多损失</source>
        <translation>accuracy lost at most</translation>
    </message>
    <message>
        <source>外文名字保留</source>
        <translation>foreign names kept</translation>
    </message>
    <message>
        <source>认出的负面</source>
        <translation>negative ones found</translation>
    </message>
    <message>
        <source>认出的中性</source>
        <translation>neutral ones found</translation>
    </message>
    <message>
        <source>数字保留</source>
        <translation>numbers kept</translation>
    </message>
    <message>
        <source>与原模型一致</source>
        <translation>Agreement with the original model</translation>
    </message>
    <message>
        <source>认出的正面</source>
        <translation>positive ones found</translation>
    </message>
    <message>
        <source>标出的确实差</source>
        <translation>marked ones that are bad</translation>
    </message>
    <message>
        <source>标出的确实错（每 40 字一错）</source>
        <translation>marked ones that are wrong (one error in 40 characters)</translation>
    </message>
    <message>
        <source>查错字</source>
        <translation>Proof-reading</translation>
    </message>
    <message>
        <source>差的被标出</source>
        <translation>bad ones that are marked</translation>
    </message>
    <message>
        <source>首选相同</source>
        <translation>same first choice</translation>
    </message>
    <message>
        <source>同音错字找到</source>
        <translation>found of the same sound</translation>
    </message>
    <message>
        <source>句数</source>
        <translation>sentences</translation>
    </message>
    <message>
        <source>形近错字找到</source>
        <translation>found of similar shape</translation>
    </message>
    <message>
        <source>近音错字找到</source>
        <translation>found of similar sound</translation>
    </message>
    <message>
        <source>篇数</source>
        <translation>texts</translation>
    </message>
    <message>
        <source>词的字数判断正确</source>
        <translation>length of the word judged right</translation>
    </message>
</context>
<context>
    <name>MistakeCard</name>
    <message>
        <source>忽略</source>
        <translation>Ignore</translation>
    </message>
    <message>
        <source>这个词以后都不再提示</source>
        <translation>Leave this word alone from now on</translation>
    </message>
    <message>
        <source>同音字</source>
        <translation>same sound</translation>
    </message>
    <message>
        <source>近音字</source>
        <translation>similar sound</translation>
    </message>
    <message>
        <source>形近字</source>
        <translation>similar shape</translation>
    </message>
    <message>
        <source>{kind}，{word}（{percent}）</source>
        <translation>{kind}, {word} ({percent})</translation>
    </message>
    <message>
        <source>改为 {word}</source>
        <translation>Change to {word}</translation>
    </message>
    <message>
        <source>改正并到下一处（Alt+Enter）</source>
        <translation>Correct and go to the next (Alt+Enter)</translation>
    </message>
</context>
<context>
    <name>MistakeList</name>
    <message>
        <source>疑似错字</source>
        <translation>Doubtful characters</translation>
    </message>
    <message>
        <source>原文</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>可能是</source>
        <translation>Meant</translation>
    </message>
    <message>
        <source>把握</source>
        <translation>Sure</translation>
    </message>
</context>
<context>
    <name>ModelCompareDialog</name>
    <message>
        <source>比较模型</source>
        <translation>Compare models</translation>
    </message>
    <message>
        <source>在当前文档上比较(&amp;R)</source>
        <translation>&amp;Run on this document</translation>
    </message>
    <message>
        <source>用题目文件比较(&amp;F)…</source>
        <translation>Run on a &amp;file…</translation>
    </message>
    <message>
        <source>每行一段文字；制表符后面写答案，一空一列，几个都对的用 | 分开</source>
        <translation>One text a line; after a tab the answers, one column for each blank, with | between those equally right</translation>
    </message>
    <message>
        <source>并排的结果</source>
        <translation>Results side by side</translation>
    </message>
    <message>
        <source>第一个模型</source>
        <translation>First model</translation>
    </message>
    <message>
        <source>第二个模型</source>
        <translation>Second model</translation>
    </message>
    <message>
        <source>和</source>
        <translation>and</translation>
    </message>
    <message>
        <source>比较标签时写上标签，用逗号分开；空着则比较情感</source>
        <translation>Labels to compare, with commas between; leave it empty to compare sentiment</translation>
    </message>
    <message>
        <source>要比较的标签</source>
        <translation>Labels to compare</translation>
    </message>
    <message>
        <source>已取消。</source>
        <translation>Cancelled.</translation>
    </message>
    <message>
        <source>采用 {name}</source>
        <translation>Keep {name}</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>题目文件</source>
        <translation>File of texts</translation>
    </message>
    <message>
        <source>文字文件 (*.tsv *.txt)</source>
        <translation>Text files (*.tsv *.txt)</translation>
    </message>
    <message>
        <source>{name}：加载 {load} 毫秒，每段一半在 {p50} 毫秒内、95% 在 {p95} 毫秒内，内存 {mb} MB</source>
        <translation>{name}: loads in {load} ms, half of the parts within {p50} ms, 95% within {p95} ms, memory {mb} MB</translation>
    </message>
    <message>
        <source>；{n} 处里首选对 {first} 处，前五有 {five} 处</source>
        <translation>; of {n} places the first is right in {first}, one of five in {five}</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>模型</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>许可</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>填空</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>情感和标签</source>
        <translation>Sentiment and labels</translation>
    </message>
    <message>
        <source>译文</source>
        <translation>Translation</translation>
    </message>
    <message>
        <source>✕ 损坏</source>
        <translation>✕ Damaged</translation>
    </message>
    <message>
        <source>● 使用中</source>
        <translation>● In use</translation>
    </message>
    <message>
        <source>自带</source>
        <translation>Bundled</translation>
    </message>
    <message>
        <source>自己安装</source>
        <translation>Installed</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>模型</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>这个模型的说明</source>
        <translation>About this model</translation>
    </message>
    <message>
        <source>从文件安装模型(&amp;I)…</source>
        <translation>&amp;Install from file…</translation>
    </message>
    <message>
        <source>从文件夹安装(&amp;D)…</source>
        <translation>Install from fol&amp;der…</translation>
    </message>
    <message>
        <source>使用这个(&amp;U)</source>
        <translation>&amp;Use this one</translation>
    </message>
    <message>
        <source>换回上一个(&amp;B)</source>
        <translation>Go &amp;back</translation>
    </message>
    <message>
        <source>比较(&amp;C)…</source>
        <translation>&amp;Compare…</translation>
    </message>
    <message>
        <source>校验文件(&amp;V)</source>
        <translation>&amp;Verify files</translation>
    </message>
    <message>
        <source>删除(&amp;R)…</source>
        <translation>&amp;Remove…</translation>
    </message>
    <message>
        <source>模型只从文件安装，补白不下载任何东西。新模型先在单独的进程里检查和试用，通过了才装进来；用得不好可以随时换回。</source>
        <translation>Models are installed from files only; Bubai downloads nothing. A new one is checked and tried in a process of its own before it is accepted, and you can go back at any time.</translation>
    </message>
    <message>
        <source>从文件安装模型</source>
        <translation>Install a model from a file</translation>
    </message>
    <message>
        <source>模型包 (*.zip)</source>
        <translation>Model packages (*.zip)</translation>
    </message>
    <message>
        <source>从文件夹安装模型</source>
        <translation>Install a model from a folder</translation>
    </message>
    <message>
        <source>位置：{folder}</source>
        <translation>Folder: {folder}</translation>
    </message>
    <message>
        <source>删除模型</source>
        <translation>Remove a model</translation>
    </message>
    <message>
        <source>要从这台电脑删除“{name}”吗？</source>
        <translation>Remove “{name}” from this computer?</translation>
    </message>
    <message>
        <source>解开…</source>
        <translation>Unpacking…</translation>
    </message>
    <message>
        <source>检查文件…</source>
        <translation>Checking the files…</translation>
    </message>
    <message>
        <source>在单独的进程里试用…</source>
        <translation>Trying it in a process of its own…</translation>
    </message>
    <message>
        <source>装好了“{name}”，还没有使用它。</source>
        <translation>“{name}” is installed; it is not in use yet.</translation>
    </message>
    <message>
        <source>现在使用“{name}”。</source>
        <translation>“{name}” is in use now.</translation>
    </message>
    <message>
        <source>删除了“{name}”。</source>
        <translation>“{name}” was removed.</translation>
    </message>
    <message>
        <source>“{name}”的每个文件都完好。</source>
        <translation>Every file of “{name}” is whole.</translation>
    </message>
    <message>
        <source>已取消，一切和原来一样。</source>
        <translation>Cancelled; everything is as before.</translation>
    </message>
</context>
<context>
    <name>Mood</name>
    <message>
        <source>正面</source>
        <translation>Positive</translation>
    </message>
    <message>
        <source>中性</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>负面</source>
        <translation>Negative</translation>
    </message>
</context>
<context>
    <name>MoodFilter</name>
    <message>
        <source>只看{verdict}的句子，共 {n} 句</source>
        <translation>Only sentences that are: {verdict} ({n})</translation>
    </message>
    <message>
        <source>只看{verdict}的句子</source>
        <translation>Only sentences that are: {verdict}</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>重新加载模型</source>
        <translation>Load the model again</translation>
    </message>
</context>
<context>
    <name>OptionsForm</name>
    <message>
        <source>出题方式</source>
        <translation>Gaps by</translation>
    </message>
    <message>
        <source>每隔几词</source>
        <translation>Every n words</translation>
    </message>
    <message>
        <source>词性</source>
        <translation>Part of speech</translation>
    </message>
    <message>
        <source>词表</source>
        <translation>Word list</translation>
    </message>
    <message>
        <source>难度</source>
        <translation>Difficulty</translation>
    </message>
    <message>
        <source>题型</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>选项数</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>多余的词</source>
        <translation>Extra words</translation>
    </message>
    <message>
        <source>空数</source>
        <translation>Gaps</translation>
    </message>
    <message>
        <source>最小间隔</source>
        <translation>Least distance</translation>
    </message>
    <message>
        <source>字形</source>
        <translation>Characters</translation>
    </message>
    <message>
        <source>注音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>种子</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source> 字</source>
        <translation> chars</translation>
    </message>
    <message>
        <source>粘贴词语，用空格、逗号或换行分开</source>
        <translation>Paste words, with spaces, commas or line breaks between</translation>
    </message>
    <message>
        <source>从文件读入…</source>
        <translation>From a file…</translation>
    </message>
    <message>
        <source>练习的标题，可不填</source>
        <translation>title of the exercise; may stay empty</translation>
    </message>
    <message>
        <source>首句和末句不挖空</source>
        <translation>Keep the first and the last sentence whole</translation>
    </message>
    <message>
        <source>诗词（居中，字数已知）</source>
        <translation>Verse (centred, lengths known)</translation>
    </message>
    <message>
        <source>A、B 两卷（题目相同，次序不同）</source>
        <translation>Papers A and B (same gaps, other order)</translation>
    </message>
    <message>
        <source>同样的种子出同样的题；按“重排”换一个</source>
        <translation>The same seed makes the same exercise; Reshuffle takes another</translation>
    </message>
    <message>
        <source>同原文</source>
        <translation>As in the text</translation>
    </message>
    <message>
        <source>简体</source>
        <translation>Simplified</translation>
    </message>
    <message>
        <source>繁体</source>
        <translation>Traditional</translation>
    </message>
    <message>
        <source>无</source>
        <translation>None</translation>
    </message>
    <message>
        <source>正文（空上不注）</source>
        <translation>Text (not the gaps)</translation>
    </message>
    <message>
        <source>正文和空上</source>
        <translation>Text and gaps</translation>
    </message>
    <message>
        <source>读入词表</source>
        <translation>Read a word list</translation>
    </message>
    <message>
        <source>词表 (*.txt *.csv *.tsv *.md);;所有文件 (*)</source>
        <translation>Word lists (*.txt *.csv *.tsv *.md);;All files (*)</translation>
    </message>
</context>
<context>
    <name>OwnWord</name>
    <message>
        <source>试填</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>一个词打分，几个词用、隔开比较</source>
        <translation>One word to score, several with commas to compare</translation>
    </message>
    <message>
        <source>试填的词</source>
        <translation>Word to try</translation>
    </message>
    <message>
        <source>打分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>填入</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>把试填的词填入空中</source>
        <translation>Put the tried word into the blank</translation>
    </message>
    <message>
        <source>我的词“{word}”：{rank}，{chance}</source>
        <translation>My word “{word}”: {rank}, {chance}</translation>
    </message>
    <message>
        <source>这几个词里：{shares}</source>
        <translation>Of these: {shares}</translation>
    </message>
    <message>
        <source>“{word}”：{rank}，{chance}</source>
        <translation>“{word}”: {rank}, {chance}</translation>
    </message>
</context>
<context>
    <name>PairList</name>
    <message>
        <source>原文改动了，稍后重新翻译。</source>
        <translation>The sentence has changed and will be translated anew.</translation>
    </message>
    <message>
        <source>还没有翻译到这句。</source>
        <translation>Not translated yet.</translation>
    </message>
    <message>
        <source>存疑：模型自己没有把握，或有数字、名称没有译出，请核对。</source>
        <translation>Doubtful: the model is unsure, or a number or name is missing. Please check.</translation>
    </message>
    <message>
        <source>原文与译文</source>
        <translation>Text and translation</translation>
    </message>
</context>
<context>
    <name>PanelHead</name>
    <message>
        <source>全文</source>
        <translation>Whole text</translation>
    </message>
    <message>
        <source>选中</source>
        <translation>Selection</translation>
    </message>
    <message>
        <source>光标所在句</source>
        <translation>Sentence at caret</translation>
    </message>
    <message>
        <source>分析范围</source>
        <translation>What is analysed</translation>
    </message>
    <message>
        <source>分析范围：全文、选中的文字，或光标所在的一句</source>
        <translation>What is analysed: the whole text, the selection, or the sentence at the caret</translation>
    </message>
    <message>
        <source>重新分析</source>
        <translation>Analyse again</translation>
    </message>
    <message>
        <source>复制结果</source>
        <translation>Copy the results</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>打印预览 — {name}</source>
        <translation>Print preview — {name}</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>分析进度</source>
        <translation>Progress of the analysis</translation>
    </message>
    <message>
        <source>模型加载中…</source>
        <translation>Loading the model…</translation>
    </message>
    <message>
        <source>{done} / {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>正在分析…</source>
        <translation>Analysing…</translation>
    </message>
</context>
<context>
    <name>ProofPanel</name>
    <message>
        <source>写几句中文，疑似的错字就列在这里。诗句不校对。</source>
        <translation>Write some Chinese and doubtful characters are listed here. Verse is left alone.</translation>
    </message>
    <message>
        <source>正在校对…</source>
        <translation>Proof-reading…</translation>
    </message>
    <message>
        <source>已取消。按 ⟳ 重新校对。</source>
        <translation>Cancelled. Press ⟳ to start again.</translation>
    </message>
    <message>
        <source>校对栏</source>
        <translation>Proof-reading panel</translation>
    </message>
    <message>
        <source>校对</source>
        <translation>Proof-reading</translation>
    </message>
    <message>
        <source>忽略的词…</source>
        <translation>Ignored words…</translation>
    </message>
    <message>
        <source>人名、术语等不再提示的词</source>
        <translation>Names, terms and other words to leave alone</translation>
    </message>
    <message>
        <source>发现 {n} 处疑似错字</source>
        <translation>Doubtful characters: {n}</translation>
    </message>
    <message>
        <source>没有发现错字。</source>
        <translation>No mistakes found.</translation>
    </message>
</context>
<context>
    <name>ProofTab</name>
    <message>
        <source>校对</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>校对(&amp;P)</source>
        <translation>&amp;Proof-Reading</translation>
    </message>
    <message>
        <source>下一处疑似错字(&amp;N)</source>
        <translation>&amp;Next Doubtful Character</translation>
    </message>
    <message>
        <source>上一处疑似错字(&amp;B)</source>
        <translation>Previous Dou&amp;btful Character</translation>
    </message>
    <message>
        <source>改正此处(&amp;F)</source>
        <translation>&amp;Fix This One</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>未保存的文字</source>
        <translation>Unsaved text</translation>
    </message>
    <message>
        <source>“{name}”有未保存的改动，要保存吗？</source>
        <translation>“{name}” has unsaved changes. Save them?</translation>
    </message>
    <message>
        <source>不保存的话，这些改动会丢失。</source>
        <translation>They are lost if you do not.</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>不保存</source>
        <translation>Don&apos;t save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>文件已被改动</source>
        <translation>The file was changed</translation>
    </message>
    <message>
        <source>有读不懂的字符</source>
        <translation>Unreadable characters</translation>
    </message>
    <message>
        <source>仍然保存</source>
        <translation>Save anyway</translation>
    </message>
    <message>
        <source>文件已存在</source>
        <translation>Files exist already</translation>
    </message>
    <message>
        <source>这些文件已经有了，要覆盖吗？</source>
        <translation>These files are there already. Overwrite them?</translation>
    </message>
    <message>
        <source>另存为…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>覆盖</source>
        <translation>Overwrite</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>恢复未保存的文字</source>
        <translation>Recover unsaved text</translation>
    </message>
    <message>
        <source>上次没有正常退出，下面的文字还没有保存。要打开哪一份？</source>
        <translation>Bubai did not end properly last time. These texts were not saved. Which one do you want to open?</translation>
    </message>
    <message>
        <source>可恢复的文档</source>
        <translation>Documents to recover</translation>
    </message>
    <message>
        <source>文字预览</source>
        <translation>Preview of the text</translation>
    </message>
    <message>
        <source>打开这份文字</source>
        <translation>Open this text</translation>
    </message>
    <message>
        <source>删除这份文字</source>
        <translation>Delete this text</translation>
    </message>
    <message>
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>未命名</source>
        <translation>Untitled</translation>
    </message>
    <message>
        <source>{n} 字符</source>
        <translation>{n} characters</translation>
    </message>
</context>
<context>
    <name>SentenceCard</name>
    <message>
        <source>逐词遮住，看每个词怎样改变这一句的判断</source>
        <translation>Hides one word after the other and looks how the verdict changes</translation>
    </message>
    <message>
        <source>光标所在句（第 {n} 句 / 共 {m} 句）</source>
        <translation>At the caret: sentence {n} of {m}</translation>
    </message>
    <message>
        <source>正在分析…</source>
        <translation>Analysing…</translation>
    </message>
    <message>
        <source>为什么？</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>这一句各词的作用</source>
        <translation>What each word of the sentence does</translation>
    </message>
    <message>
        <source>{sign} 使它偏正面的词：{words}。</source>
        <translation>{sign} Words that make it more positive: {words}.</translation>
    </message>
    <message>
        <source>{sign} 使它偏负面的词：{words}。</source>
        <translation>{sign} Words that make it more negative: {words}.</translation>
    </message>
    <message>
        <source>没有哪个词单独起作用。</source>
        <translation>No word does much by itself.</translation>
    </message>
</context>
<context>
    <name>SentenceList</name>
    <message>
        <source>{sign} {verdict} {chance}（{sureness}）
{text}</source>
        <translation>{sign} {verdict} {chance} ({sureness})
{text}</translation>
    </message>
    <message>
        <source>各句的情感</source>
        <translation>Sentiment of the sentences</translation>
    </message>
</context>
<context>
    <name>SentimentPanel</name>
    <message>
        <source>写几句中文，光标所在句和全文的情感就显示在这里。</source>
        <translation>Write some Chinese: the sentiment of the sentence at the caret and of the whole text shows here.</translation>
    </message>
    <message>
        <source>已取消。按 ⟳ 重新分析。</source>
        <translation>Cancelled. Press ⟳ to analyse again.</translation>
    </message>
    <message>
        <source>情感栏</source>
        <translation>Sentiment panel</translation>
    </message>
    <message>
        <source>情感</source>
        <translation>Sentiment</translation>
    </message>
    <message>
        <source>在文中标出</source>
        <translation>Mark in the text</translation>
    </message>
    <message>
        <source>正面句下画直线，负面句下画波浪线，中性句下画点线</source>
        <translation>Positive sentences get a straight line, negative ones a wave, neutral ones dots</translation>
    </message>
    <message>
        <source>情感曲线</source>
        <translation>Sentiment curve</translation>
    </message>
    <message>
        <source>单击到那一句；左右方向键逐句移动</source>
        <translation>Click to go to the sentence; Left and Right go from one to the next</translation>
    </message>
    <message>
        <source>共 {n} 句</source>
        <translation>{n} sentences</translation>
    </message>
    <message>
        <source>共 {n} 句，光标在第 {k} 句：{verdict}</source>
        <translation>{n} sentences, the caret is in number {k}: {verdict}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>界面语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>跟随系统</source>
        <translation>Like the system</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>高对比度</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Font size</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>{n} 字</source>
        <translation>{n} char.</translation>
    </message>
    <message>
        <source>空的长度</source>
        <translation>Length of the blank</translation>
    </message>
    <message>
        <source>光标到空处自动求填</source>
        <translation>Fill automatically when the caret is at a blank</translation>
    </message>
    <message>
        <source>编辑区字体</source>
        <translation>Editor&apos;s font</translation>
    </message>
    <message>
        <source>黑体</source>
        <translation>Hei (sans)</translation>
    </message>
    <message>
        <source>宋体</source>
        <translation>Song (serif)</translation>
    </message>
    <message>
        <source>楷体</source>
        <translation>Kai (script)</translation>
    </message>
    <message>
        <source>{name}（未安装）</source>
        <translation>{name}, not installed</translation>
    </message>
    <message>
        <source>{name}（{family}）</source>
        <translation>{name}: {family}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>练习预览</source>
        <translation>Exercise preview</translation>
    </message>
    <message>
        <source>方向键移动；在空上按回车看这一空，按 Delete 去掉；选中词语按 Ctrl+M 加一个空</source>
        <translation>Move with the arrows; on a gap Enter shows its card and Delete removes it; select a word and press Ctrl+M to make a gap</translation>
    </message>
    <message>
        <source>还没有练习。在右边选好方式，按“出题”。</source>
        <translation>No exercise yet. Choose how on the right and press Make.</translation>
    </message>
    <message>
        <source>备选词：</source>
        <translation>Words: </translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>补白不打开任何网络连接，文字不会离开这台电脑。</source>
        <translation>Bubai opens no network connection; your text does not leave this computer.</translation>
    </message>
    <message>
        <source>以…重新打开</source>
        <translation>Reopen As</translation>
    </message>
    <message>
        <source>另存为编码</source>
        <translation>Save In</translation>
    </message>
    <message>
        <source>{hanzi} 字（含标点 {all}）</source>
        <translation>{hanzi} characters ({all} with punctuation)</translation>
    </message>
    <message>
        <source>汉字：{n}</source>
        <translation>Chinese characters: {n}</translation>
    </message>
    <message>
        <source>汉字和标点：{n}</source>
        <translation>With punctuation: {n}</translation>
    </message>
    <message>
        <source>字数（文字处理软件的算法）：{n}</source>
        <translation>As word processors count: {n}</translation>
    </message>
    <message>
        <source>字符：{n}</source>
        <translation>All characters: {n}</translation>
    </message>
    <message>
        <source>字符（不计空格）：{n}</source>
        <translation>All characters without spaces: {n}</translation>
    </message>
    <message>
        <source>空：{n}</source>
        <translation>Blanks: {n}</translation>
    </message>
    <message>
        <source>文件的编码；点击可换一种编码打开或保存</source>
        <translation>The file&apos;s encoding; click to open or save in another</translation>
    </message>
    <message>
        <source>编码是猜的；如有乱码，请换一种编码重新打开</source>
        <translation>This encoding is a guess; if characters look wrong, reopen in another</translation>
    </message>
    <message>
        <source>编码：{encoding}</source>
        <translation>Encoding: {encoding}</translation>
    </message>
    <message>
        <source>已存 {time}</source>
        <translation>Saved {time}</translation>
    </message>
    <message>
        <source>模型加载中 {seconds}s…</source>
        <translation>Loading the model {seconds} s…</translation>
    </message>
    <message>
        <source>求填中 {seconds}s…（Esc 取消）</source>
        <translation>Filling {seconds} s… (Esc cancels)</translation>
    </message>
    <message>
        <source>模型：就绪</source>
        <translation>Model: ready</translation>
    </message>
    <message>
        <source>模型：就绪 {ms} ms</source>
        <translation>Model: ready {ms} ms</translation>
    </message>
    <message>
        <source>模型：不可用</source>
        <translation>Model: unavailable</translation>
    </message>
    <message>
        <source>模型：未加载</source>
        <translation>Model: not loaded</translation>
    </message>
    <message>
        <source>{name} {version}，{size} MB，加载用时 {ms} ms</source>
        <translation>{name} {version}, {size} MB, loaded in {ms} ms</translation>
    </message>
</context>
<context>
    <name>StudentSheet</name>
    <message>
        <source>第 {n} 空</source>
        <translation>Gap {n}</translation>
    </message>
</context>
<context>
    <name>StudentWindow</name>
    <message>
        <source>学生模式</source>
        <translation>Student mode</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Exercise</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>备选词：</source>
        <translation>Words: </translation>
    </message>
    <message>
        <source>提示（F1）</source>
        <translation>Hint (F1)</translation>
    </message>
    <message>
        <source>交卷</source>
        <translation>Hand in</translation>
    </message>
    <message>
        <source>保存成绩文件…</source>
        <translation>Save the result…</translation>
    </message>
    <message>
        <source>离开</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>学生</source>
        <translation>student</translation>
    </message>
    <message>
        <source>保存成绩文件</source>
        <translation>Save the result</translation>
    </message>
    <message>
        <source>答卷 (*.json)</source>
        <translation>Answers (*.json)</translation>
    </message>
    <message>
        <source>已保存：{name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>还有 {n} 空没填，要交卷吗？</source>
        <translation>{n} gaps are still empty. Hand in anyway?</translation>
    </message>
    <message>
        <source>已填 {n} / {m} 空</source>
        <translation>{n} of {m} filled</translation>
    </message>
    <message>
        <source>第 {n} 空</source>
        <translation>Gap {n}</translation>
    </message>
    <message>
        <source>{n} 个字</source>
        <translation>{n} characters</translation>
    </message>
    <message>
        <source>首字母 {letters}</source>
        <translation>begins {letters}</translation>
    </message>
    <message>
        <source>拼音 {pinyin}</source>
        <translation>pinyin {pinyin}</translation>
    </message>
    <message>
        <source>得分 {points} / {total} · 原词 {exact} 空 · 可接受 {accepted} 空 · 共 {count} 空</source>
        <translation>{points} of {total} points · {exact} exact · {accepted} accepted · {count} gaps</translation>
    </message>
    <message>
        <source>还没有交卷，离开后填写的内容会丢失。要离开吗？</source>
        <translation>Nothing was handed in: what is filled in will be lost. Leave?</translation>
    </message>
    <message>
        <source>成绩还没有保存成文件。要离开吗？</source>
        <translation>The result is not saved to a file yet. Leave?</translation>
    </message>
    <message>
        <source>继续做题</source>
        <translation>Stay</translation>
    </message>
</context>
<context>
    <name>TranslationExport</name>
    <message>
        <source>导出译文</source>
        <translation>Export translation</translation>
    </message>
    <message>
        <source>已导出译文：{name}</source>
        <translation>Translation exported: {name}</translation>
    </message>
    <message>
        <source>译文</source>
        <translation>translation</translation>
    </message>
</context>
<context>
    <name>TranslationPanel</name>
    <message>
        <source>写几句中文，英文译文就逐句列在这里。</source>
        <translation>Write some Chinese; the English stands here, sentence by sentence.</translation>
    </message>
    <message>
        <source>没有中文句子。</source>
        <translation>There are no Chinese sentences.</translation>
    </message>
    <message>
        <source>已取消。按 ⟳ 继续翻译。</source>
        <translation>Cancelled. Press ⟳ to go on.</translation>
    </message>
    <message>
        <source>译文栏</source>
        <translation>Translation panel</translation>
    </message>
    <message>
        <source>译文</source>
        <translation>Translation</translation>
    </message>
    <message>
        <source>质量</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>快</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>更好，较慢</source>
        <translation>Better, slower</translation>
    </message>
    <message>
        <source>翻译质量</source>
        <translation>Quality of translation</translation>
    </message>
    <message>
        <source>“快”逐词取最可能的译法；“更好”同时比较四种译法，约慢一倍</source>
        <translation>“Fast” takes the likeliest word each time; “better” compares four versions and takes about twice as long</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>导出为 Word 双语对照、表格、翻译记忆或纯文本</source>
        <translation>Export to Word side by side, a table, a translation memory or plain text</translation>
    </message>
    <message>
        <source>下一句存疑</source>
        <translation>Next doubtful</translation>
    </message>
    <message>
        <source>{n} 句，{m} 句存疑（?）</source>
        <translation>{n} sentences, {m} doubtful (?)</translation>
    </message>
    <message>
        <source>{n} 句</source>
        <translation>{n} sentences</translation>
    </message>
    <message>
        <source>已译 {done} / {n} 句</source>
        <translation>{done} of {n} sentences</translation>
    </message>
</context>
<context>
    <name>TranslationTab</name>
    <message>
        <source>译文</source>
        <translation>Translation</translation>
    </message>
    <message>
        <source>译文(&amp;T)</source>
        <translation>&amp;Translation</translation>
    </message>
    <message>
        <source>导出译文(&amp;X)…</source>
        <translation>E&amp;xport Translation…</translation>
    </message>
</context>
<context>
    <name>Understanding</name>
    <message>
        <source>情感</source>
        <translation>Sentiment</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>情感(&amp;S)</source>
        <translation>&amp;Sentiment</translation>
    </message>
    <message>
        <source>标签(&amp;L)</source>
        <translation>&amp;Labels</translation>
    </message>
    <message>
        <source>重新分析(&amp;R)</source>
        <translation>Analyse &amp;Again</translation>
    </message>
    <message>
        <source>在文中标出各句情感(&amp;M)</source>
        <translation>&amp;Mark the Sentences in the Text</translation>
    </message>
</context>
<context>
    <name>VerdictRow</name>
    <message>
        <source>{verdict}，{chance}，{sureness}</source>
        <translation>{verdict}, {chance}, {sureness}</translation>
    </message>
</context>
<context>
    <name>Wiring</name>
    <message>
        <source>设置文件损坏，已改用默认设置；原文件另存了一份。</source>
        <translation>The settings were damaged; the defaults are used and the old file was kept.</translation>
    </message>
    <message>
        <source>这台电脑没有中文字体，文字可能显示成方框；请安装一种。</source>
        <translation>This computer has no Chinese font, so text may show as boxes: install one.</translation>
    </message>
    <message>
        <source>用 UTF-8 保存</source>
        <translation>Save as UTF-8</translation>
    </message>
    <message>
        <source>另存为…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>选择编码…</source>
        <translation>Choose an encoding…</translation>
    </message>
    <message>
        <source>安装模型…</source>
        <translation>Install a model…</translation>
    </message>
    <message>
        <source>重新加载模型</source>
        <translation>Load the model again</translation>
    </message>
    <message>
        <source>有 {n} 处不是这种编码的字符，显示为 �；请换一种编码打开。</source>
        <translation>Not characters of this encoding and shown as �: {n}. Open it in another encoding.</translation>
    </message>
    <message>
        <source>编码是猜的（{encoding}）；如有乱码，请换一种编码打开。</source>
        <translation>The encoding ({encoding}) is a guess: if characters look wrong, open it in another.</translation>
    </message>
    <message>
        <source>这个文件的换行不统一；保存时会统一，原来的文件会留一份备份。</source>
        <translation>The line ends of this file differ; saving makes them the same and keeps a copy of the old file.</translation>
    </message>
    <message>
        <source>选择编码</source>
        <translation>Choose an encoding</translation>
    </message>
    <message>
        <source>用这种编码打开：</source>
        <translation>Open the file as:</translation>
    </message>
    <message>
        <source>模型…</source>
        <translation>Models…</translation>
    </message>
</context>
<context>
    <name>Workshop</name>
    <message>
        <source>出题</source>
        <translation>Exercise</translation>
    </message>
    <message>
        <source>出题(&amp;C)</source>
        <translation>E&amp;xercise</translation>
    </message>
    <message>
        <source>出题(&amp;M)</source>
        <translation>&amp;Make</translation>
    </message>
    <message>
        <source>转到出题栏(&amp;G)</source>
        <translation>&amp;Go to the Exercise Panel</translation>
    </message>
    <message>
        <source>打开练习(&amp;O)…</source>
        <translation>&amp;Open Exercise…</translation>
    </message>
    <message>
        <source>保存练习(&amp;S)</source>
        <translation>&amp;Save Exercise</translation>
    </message>
    <message>
        <source>导出(&amp;E)…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>打印预览(&amp;P)…</source>
        <translation>&amp;Print Preview…</translation>
    </message>
    <message>
        <source>学生模式(&amp;T)</source>
        <translation>S&amp;tudent Mode</translation>
    </message>
    <message>
        <source>成绩分析(&amp;R)…</source>
        <translation>Class &amp;Report…</translation>
    </message>
    <message>
        <source>已保存练习：{name}</source>
        <translation>Exercise saved: {name}</translation>
    </message>
    <message>
        <source>还没有练习：在“出题”栏选好方式，按“出题”。</source>
        <translation>There is no exercise: choose how in the Exercise tab and press Make.</translation>
    </message>
    <message>
        <source>另存为…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>请在练习里选中一个词（同一行、里面没有别的空），再加空。</source>
        <translation>Select a word in the exercise first (on one line, without other gaps).</translation>
    </message>
    <message>
        <source>文中还有 {count} 个空没填，没有答案可对：练习里画作横线，所在的句子不出题。</source>
        <translation>Open blanks in the text: {count}. They have no answer, so they are drawn as lines and their sentences are not asked about.</translation>
    </message>
    <message>
        <source>回到正文</source>
        <translation>Back to the text</translation>
    </message>
    <message>
        <source>没有别的合适的选项了。</source>
        <translation>There are no other fitting options.</translation>
    </message>
</context>
</TS>
