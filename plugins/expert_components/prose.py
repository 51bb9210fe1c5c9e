"""A text with every element that Markdown makes here: what `experts.markup` gives for the one in the tests."""

HTML = """\
<p>Ein Absatz mit <em>Betonung</em>, <strong>Nachdruck</strong>, <code>Code</code>, <a href="https://example.com/">einem Link</a>, einer Fußnote<sup id="t-fnref:1"><a class="footnote-ref" href="#t-fn:1">1</a></sup>, <abbr title="Wärmepumpe">WP</abbr>,
<kbd>Strg</kbd>, <mark>Markiertem</mark>, H<sub>2</sub>O, m<sup>2</sup>, <del>Gestrichenem</del>, <ins>Neuem</ins> und Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz.
Dazu „ein Zitat“ und <q>noch eines</q>.</p>
<h2>Überschrift zweiter Ordnung</h2>
<h3>Überschrift dritter Ordnung</h3>
<h4>Überschrift vierter Ordnung</h4>
<ul>
<li>eins</li>
<li>zwei<ul>
<li>darunter<ul>
<li>und noch tiefer</li>
</ul>
</li>
</ul>
</li>
<li>drei mit einer Adresse https://archive.example/a-very-long-part-of-an-address-a-very-long-part-of-an-address</li>
</ul>
<ol>
<li>erstens</li>
<li>zweitens</li>
</ol>
<dl>
<dt>Wärmepumpe</dt>
<dd>Eine Maschine, die Wärme von draußen nach drinnen bringt.</dd>
</dl>
<blockquote>
<p>Ein Zitat, das über eine Zeile hinausgeht und zeigt, wie es sich von dem Text absetzt, in dem es steht.</p>
<p>Mit einem zweiten Absatz.</p>
</blockquote>
<table tabindex="0">
<thead>
<tr>
<th>Haus</th>
<th class="center">Baujahr</th>
<th class="right">Bedarf</th>
</tr>
</thead>
<tbody>
<tr>
<td>Altbau</td>
<td class="center">1910</td>
<td class="right">18 000 kWh</td>
</tr>
<tr>
<td>Neubau mit Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz</td>
<td class="center">2024</td>
<td class="right">4 000 kWh</td>
</tr>
</tbody>
</table>
<pre tabindex="0"><code class="language-python">def demand(area: float, loss: float) -&gt; float:
    \"\"\"The heat that a house needs in a year, in kWh, if it stands where the winters are long and nobody has insulated it yet.\"\"\"
    return area * loss
</code></pre>
<figure><blockquote>Ein Zitat in einer Abbildung.</blockquote><figcaption>Wer das gesagt hat</figcaption></figure>

<details><summary>Mehr dazu</summary><p>Was erst auf Wunsch zu sehen ist.</p></details>

<hr>
<p>Ein letzter Absatz.</p>
<div class="footnote">
<hr>
<ol>
<li id="t-fn:1">
<p>Was darunter steht.&nbsp;<a class="footnote-backref" href="#t-fnref:1">↩</a></p>
</li>
</ol>
</div>
"""
