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
        <source>{around} ← {word}：{count} 次</source>
        <translation>{around} ← {word}: {count} times</translation>
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
</TS>
