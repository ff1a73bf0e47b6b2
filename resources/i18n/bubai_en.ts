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
        <translation>My &amp;memories…</translation>
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
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>{n} 字</source>
        <translation>{n} char.</translation>
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
        <translation>Make Selection a Gap</translation>
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
        <translation>Print Preview…</translation>
    </message>
    <message>
        <source>学生模式</source>
        <translation>Student Mode</translation>
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
        <translation>No gaps yet: select a word on the left and press “Make Selection a Gap”.</translation>
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
        <source>{n} 空有多个合理答案</source>
        <translation>{n} gaps have several good answers</translation>
    </message>
    <message>
        <source>✓ 每空的答案都唯一</source>
        <translation>✓ Every gap has one answer only</translation>
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
    <name>DocumentController</name>
    <message>
        <source>未命名</source>
        <translation>Untitled</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>另存为</source>
        <translation>Save As</translation>
    </message>
    <message>
        <source>文本文件 (*.txt *.md *.markdown)</source>
        <translation>Text files (*.txt *.md *.markdown)</translation>
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
        <translation>Export the Exercise</translation>
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
        <translation>Open the Folder</translation>
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
        <translation>Replace All</translation>
    </message>
    <message>
        <source>正则表达式</source>
        <translation>Regular expression</translation>
    </message>
    <message>
        <source>区分大小写</source>
        <translation>Match case</translation>
    </message>
    <message>
        <source>不分全角半角</source>
        <translation>Full-width = half-width</translation>
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
        <translation>Remove Gap</translation>
    </message>
    <message>
        <source>换个位置</source>
        <translation>Move It</translation>
    </message>
    <message>
        <source>加提示</source>
        <translation>Add a Hint</translation>
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
        <source>难度：未评估</source>
        <translation>Difficulty: not judged</translation>
    </message>
    <message>
        <source>难度：{band} · 模型猜中的把握 {chance} · 熵 {bits} 比特</source>
        <translation>Difficulty: {band} · model finds it with {chance} · entropy {bits} bits</translation>
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
        <translation>Class Report — {name}</translation>
    </message>
    <message>
        <source>打开答卷…</source>
        <translation>Open Answers…</translation>
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
        <translation>Copy Tables</translation>
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
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
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
        <translation>(none)</translation>
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
        <translation>Copy Details</translation>
    </message>
    <message>
        <source>关闭这条消息</source>
        <translation>Close this message</translation>
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
        <translation>From a File…</translation>
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
        <source>自己想的词</source>
        <translation>a word of your own</translation>
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
        <translation>Fill In</translation>
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
        <source>“{word}”：{rank}，{chance}</source>
        <translation>“{word}”: {rank}, {chance}</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>打印预览 — {name}</source>
        <translation>Print Preview — {name}</translation>
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
        <translation>Don&apos;t Save</translation>
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
        <source>另存为…</source>
        <translation>Save As…</translation>
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
        <translation>Open This Text</translation>
    </message>
    <message>
        <source>删除这份文字</source>
        <translation>Delete This Text</translation>
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
        <translation>Reopen as</translation>
    </message>
    <message>
        <source>另存为编码</source>
        <translation>Save in</translation>
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
        <translation>Student Mode</translation>
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
        <translation>Hand In</translation>
    </message>
    <message>
        <source>保存成绩文件…</source>
        <translation>Save the Result…</translation>
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
    <name>VoteStrip</name>
    <message>
        <source>上下文对“{word}”的作用</source>
        <translation>What the context does to “{word}”</translation>
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
        <translation>Save As…</translation>
    </message>
    <message>
        <source>选择编码…</source>
        <translation>Choose an Encoding…</translation>
    </message>
    <message>
        <source>重新加载模型</source>
        <translation>Load the model again</translation>
    </message>
    <message>
        <source>有 {n} 处不是这种编码的字符，显示为 �；请换一种编码打开。</source>
        <translation>{n} places are no characters of this encoding and show as �: open it in another.</translation>
    </message>
    <message>
        <source>编码是猜的（{encoding}）；如有乱码，请换一种编码打开。</source>
        <translation>The encoding ({encoding}) is a guess: if characters look wrong, open it in another.</translation>
    </message>
    <message>
        <source>选择编码</source>
        <translation>Choose an encoding</translation>
    </message>
    <message>
        <source>用这种编码打开：</source>
        <translation>Open the file as:</translation>
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
        <translation>Save As…</translation>
    </message>
    <message>
        <source>请在练习里选中一个词（同一行、里面没有别的空），再加空。</source>
        <translation>Select a word in the exercise first (on one line, without other gaps).</translation>
    </message>
    <message>
        <source>没有别的合适的选项了。</source>
        <translation>There are no other fitting options.</translation>
    </message>
</context>
</TS>
